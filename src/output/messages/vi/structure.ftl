# Rows, paragraphs and what surrounds them (S…).

s001-open = Mất phần cuối: “{ $words }” mở ra mà không có phần tiếp theo
s001-word = Mất phần cuối: câu dừng ở “{ $words }” mà không có phần tiếp theo
s001-comma = Mất phần cuối: câu dừng ở “{ $words }” ngay trước chỗ ngắt trang
s001-unended = Có thể mất phần cuối: đoạn dừng ở “{ $words }” không có dấu kết thúc, trong khi { $ended } đoạn khác đều có
s001-begins = Mất phần đầu: dòng không có số thứ tự và bắt đầu giữa câu, từ chữ “{ $words }”

s002-opens = Dấu { $mark } mở ra mà không có dấu đóng
s002-closes = Dấu { $mark } đóng lại mà không có dấu mở

s003-more = Dòng có { $cells } ô, bảng chỉ có { $columns } cột
s003-fewer = Dòng chỉ có { $cells } ô, bảng có { $columns } cột
s003-evidence = Không có ô của cột: { $titles }

s004-number = số văn bản để trống
s004-date = ngày ban hành để trống
s004-both = Số và ngày ban hành còn để trống ({ $places } chỗ)
s004-number-only = Số văn bản còn để trống ({ $places } chỗ)
s004-date-only = Ngày ban hành còn để trống ({ $places } chỗ)

s005-message = Đoạn chữ không thuộc phần nào của văn bản: “{ $words }”

s006-message = Còn { $count } dấu định dạng lẫn trong chữ: { $marks }
