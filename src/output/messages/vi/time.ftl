# Dates, deadlines and years of money (T001-T005).

t001-message = “{ $words }” không phải là một mốc thời gian có thật.
t001-message-day = “{ $words }”: tháng này không có ngày đó.
t001-message-month = “{ $words }”: một năm chỉ có các tháng từ 1 đến 12.
t001-message-quarter = “{ $words }”: một năm chỉ có các quý từ I đến IV.
t001-message-year = “{ $words }”: năm không thể có, có thể gõ nhầm chữ số.

t002-message = “{ $words }”: mốc kết thúc đứng trước mốc bắt đầu.
t002-suggestion = Kiểm tra xem hai mốc có bị đổi chỗ hoặc gõ nhầm năm.

t003-message-before = Thời hạn “{ $words }” của “{ $name }” nằm trước khi chương trình bắt đầu (năm { $year }).
t003-message-after = Thời hạn “{ $words }” của “{ $name }” nằm sau năm cuối của chương trình (năm { $year }).
t003-message-goes-on = Thời hạn “{ $words }” của “{ $name }” kéo dài quá năm cuối của chương trình (năm { $year }), không việc nào khác trong bảng như thế.

t004-message = “{ $name }” thực hiện { $period } nhưng có vốn ngoài thời gian đó ({ $years }).
t004-label-year = năm { $year }: { $amount }
t004-label-period = thời gian thực hiện

t005-message = “{ $name }” chưa có thời hạn thực hiện.
t005-message-part = “{ $name }” chưa ghi “{ $column }”.
t005-message-column = Cả { $count } dòng của cột thời hạn đều để trống.
