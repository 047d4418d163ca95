# References between the parts of a document (R…).

r001-message = Dẫn chiếu “{ $label }” nhưng văn bản không có phụ lục này
r001-evidence = Văn bản có: { $labels }
r001-evidence-none = Văn bản không có phụ lục nào

r002-message = Không chỗ nào trong văn bản dẫn chiếu đến “{ $label }”

r003-section = Mục { $number } “{ $title }” không có nhóm nhiệm vụ tương ứng trong { $labels }
r003-group = Nhóm { $number } “{ $title }” không ứng với mục nào của phần nhiệm vụ
r003-evidence = { $pairs } cặp mục và nhóm khớp nhau, trên { $sections } mục và { $groups } nhóm

r004-message = Tiêu đề nhóm { $number } khác tiêu đề mục { $section }: { $changes }
r004-changed = “{ $section }” thành “{ $group }”
r004-added = thêm “{ $words }”
r004-left-out = bỏ “{ $words }”

r005-message = Ghi “{ $words }”, trong khi văn bản là của { $own }; có thể chép từ văn bản khác
r005-captions = Ghi “{ $words }”, khác địa danh ở các phụ lục còn lại

r006-kind = Phụ lục ghi ban hành kèm theo “{ $found }”, các phụ lục khác ghi “{ $expected }”
r006-number = Số văn bản ghi “{ $found }”, chỗ khác ghi “{ $expected }”
r006-date = Ngày ban hành ghi “{ $found }”, chỗ khác ghi “{ $expected }”
r006-issuer = Cơ quan ban hành ghi “{ $found }”, chỗ khác ghi “{ $expected }”
r006-also-kind = loại văn bản cũng khác: { $found }
r006-also-number = số văn bản cũng khác: { $found }
r006-also-date = ngày ban hành cũng khác: { $found }
r006-also-issuer = cơ quan ban hành cũng khác: { $found }
r006-cited-date = Dẫn “{ $found }”, chỗ khác dẫn “{ $expected }”: cùng số mà khác ngày
r006-cited-number = Dẫn “{ $found }”, chỗ khác dẫn “{ $expected }”: cùng ngày, số chỉ đảo chữ số

r007-caption = Phụ lục ghi giai đoạn { $found }, văn bản ghi { $programme }
r007-captions = Phụ lục ghi giai đoạn { $found }, các phụ lục khác ghi { $programme }
r007-caption-tasks = Phụ lục ghi năm { $found }, mà mọi nhiệm vụ có thời hạn trong bảng đều của năm { $due }
r007-caption-plan = Phụ lục ghi năm { $found }, mà bảng ghi vốn đến năm { $due }, năm của văn bản
r007-column = Cột “{ $column }” ghi { $found }, vượt ra ngoài giai đoạn { $period } ở tiêu đề phụ lục
r007-column-programme = Cột “{ $column }” ghi { $found }, vượt ra ngoài giai đoạn { $period } của văn bản
r007-column-twice = Hai cột cùng ghi “{ $column }”
r007-year-missing = Giai đoạn { $period } thiếu cột năm { $year }; bảng chỉ có { $years }

r008-message = Nội dung này ghi “{ $found }”, chỗ khác ghi “{ $other }”
r008-message-words = Số tiền ghi bằng số là “{ $found }”, ghi bằng chữ là “{ $other }”
r008-message-growth = Lời văn ghi “{ $found }”, nhưng “{ $name }” đi từ { $before } đến { $now }, tức { $ratio }%
r008-statement-growth = “{ $found }” khớp với bảng
r008-evidence = Hai chỗ cùng nói về: { $words }
r008-related = ghi “{ $other }”
