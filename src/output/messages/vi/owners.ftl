# Agencies (O001-O003).

o001-message = Nhiệm vụ “{ $name }” chưa có cơ quan chủ trì.
o001-message-column = Cả { $count } nhiệm vụ của bảng đều để trống cơ quan chủ trì.
o001-evidence = Dòng trên (“{ $above }”) do { $agency } chủ trì; ô này có thể là phần của một ô gộp.

o002-message = Cơ quan “{ $name }” được ghi theo { $count } cách: { $names }.
o002-label = { $name } ({ $count } lần)
o002-suggestion = Dùng thống nhất một tên, ví dụ “{ $name }”.

o003-message = “{ $agency }” vừa chủ trì vừa phối hợp nhiệm vụ “{ $name }”.
o003-label-lead = chủ trì
o003-evidence-inferred = Cơ quan chủ trì được suy ra từ ô gộp.
