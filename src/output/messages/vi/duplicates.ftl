# Items that stand twice (D001-D003).

d001-message = Chỉ tiêu “{ $name }” trùng với chỉ tiêu { $number }.
d001-message-near = Chỉ tiêu “{ $name }” gần như trùng với chỉ tiêu { $number }.
d001-suggestion-values = Hai nơi ghi giá trị khác nhau: { $first } và { $later }.
d002-message = Nhiệm vụ “{ $name }” trùng với nhiệm vụ { $number }.
d002-message-near = Nhiệm vụ “{ $name }” gần như trùng với nhiệm vụ { $number }.
d002-suggestion-leads = Hai nơi giao hai cơ quan chủ trì khác nhau: { $first } và { $later }.
d003-message = Dự án “{ $name }” trùng với dự án { $number }.
d003-message-near = Dự án “{ $name }” gần như trùng với dự án { $number }.
d003-evidence-place = Hai dòng ghi địa điểm khác nhau.

duplicates-evidence-order = Hai tên gồm những chữ giống nhau, chỉ khác thứ tự.
duplicates-evidence-silent = Hai tên chỉ khác nhau ở từ nối, địa danh chung hoặc dấu câu.
duplicates-evidence-word = Hai tên chỉ khác nhau ở từ “{ $word }”.
duplicates-evidence-words = Hai tên chỉ khác nhau ở “{ $one }” và “{ $other }”.
