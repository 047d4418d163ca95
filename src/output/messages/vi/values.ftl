# Values, units and sizes (V001-V009).

v001-message = Chỉ tiêu “{ $name }” có đơn vị tính ({ $unit }) nhưng chưa có giá trị.
v001-column-message = Chỉ tiêu “{ $name }” còn trống ở cột “{ $column }”.
v001-message-table = Cả { $count } chỉ tiêu của bảng đều chưa có giá trị.
v001-evidence-column = Các cột khác của dòng này đều có số; ở cột này có { $filled }/{ $rows } dòng khác đã điền.
v001-suggestion = Điền giá trị, hoặc ghi rõ chỉ tiêu do cấp trên giao.

v002-message-conventions = Cột “{ $column }” viết số theo hai kiểu: { $usual } và { $deviating }.
v002-message-separators = Cột “{ $column }” lúc dùng dấu chấm, lúc dùng dấu phẩy trước ba chữ số: { $usual } và { $deviating }; không rõ đâu là dấu ngăn hàng nghìn, đâu là dấu thập phân.
v002-message-decimals = Cột “{ $column }” lẫn số có phần thập phân với số không có: { $usual } và { $deviating }; số có ba chữ số sau dấu ngăn vì thế đọc được hai cách.
v002-message-text = Cột “{ $column }”: ô ghi { $deviating } là chữ, trong khi { $count } ô khác là số; bảng tính không cộng ô này.
v002-suggestion-text = Nhập lại ô này thành số.
v002-message-row = “{ $name }” ghi { $deviating } trong khi năm khác ghi { $usual }: dấu ngăn hàng nghìn viết hai kiểu.
v002-suggestion = Viết thống nhất cả cột: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân.

v003-message = Không đọc được “{ $value }” thành số (dòng “{ $name }”).
v003-suggestion = Có thể là { $value }.

v004-message-table = Bảng { $table } có số tiền nhưng không ghi đơn vị tính.
v004-message-target = Chỉ tiêu “{ $name }” có giá trị ({ $value }) nhưng ô đơn vị tính để trống.
v004-evidence-row = Có dòng ghi “{ $words }” cạnh ô { $cell }: hai số này bằng nhau nếu bảng tính theo { $unit }.
v004-evidence-row-two = Có dòng ghi “{ $words }” cạnh ô { $cell }: đọc theo cách viết của từng chỗ thì bảng tính theo { $unit }; đọc hai số cùng một kiểu thì theo { $other }.
v004-evidence-body = Phần nội dung ghi “{ $words }”, bảng ghi { $cell } cho cùng một khoản.
v004-suggestion = Ghi “Đơn vị tính: { $unit }” phía trên bảng, sau khi đối chiếu với số liệu gốc.
v004-suggestion-unknown = Ghi đơn vị tính phía trên bảng; trong văn bản không có số liệu nào cho phép suy ra.

v005-message = Đơn vị tính “{ $unit }” không hợp với chỉ tiêu “{ $name }” (giá trị { $value }).
v005-message-share = “{ $name }” là một tỷ lệ nhưng lại tính bằng “{ $unit }” (giá trị { $value }).
v005-message-index = “{ $name }” là một chỉ số, giá trị { $value } không thể tính bằng “{ $unit }”.
v005-message-growth = “{ $name }” là tốc độ tăng nhưng lại tính bằng “{ $unit }” (giá trị { $value }).
v005-suggestion = Kiểm tra lại đơn vị tính.
v005-suggestion-percent = Đơn vị tính thường là %; nếu đúng là đếm số lượng thì sửa lại tên chỉ tiêu.
v005-suggestion-index = Chỉ số này không có đơn vị tính.

v006-message = “{ $name }” là tỷ lệ của một bộ phận trong tổng thể, không thể bằng { $value } (ngoài khoảng 0-100%).
v006-text-message = Tỷ lệ { $value } nằm ngoài khoảng 0-100%: “{ $words }”.

v007-message = “{ $name }” ghi { $value } ({ $unit }), lớn bất thường so với các chỉ tiêu cùng quy mô.
v007-evidence = Gấp { $times } lần “{ $name }” ({ $value }, cùng đơn vị).
v007-message-column = “{ $name }” có { $value } ở cột “{ $column }”, lớn bất thường so với cả cột.
v007-evidence-period = Gấp { $times } lần giá trị của chính chỉ tiêu này ở thời điểm khác ({ $value }).
v007-evidence-column = Một nửa số dòng của cột không quá { $median }; dòng tổng của cột chỉ có { $total }.
v007-evidence-column-alone = Một nửa số dòng của cột không quá { $median }, và không dòng nào khác có cỡ này.
v007-message-digit = “{ $name }” ghi { $value }, gấp hoặc kém khoảng mười, một trăm hay một nghìn lần thời điểm liền trước và liền sau.
v007-evidence-digit = Trước đó ghi { $before }, sau đó ghi { $after }.
v007-message-digit-end = “{ $name }” ghi { $value }, gấp hoặc kém khoảng mười lần mọi thời điểm khác.
v007-evidence-digit-end = Các thời điểm khác ghi { $before }, { $after }.
v007-message-thousand = “{ $name }” ghi { $value }, gấp hàng nghìn lần giá trị trước đó ({ $before }); bỏ ba số không thì hai giá trị cùng cỡ.
v007-suggestion-digit = Kiểm tra xem số này có thừa hoặc thiếu một chữ số không.
v007-suggestion = Kiểm tra dấu ngăn hàng nghìn và đơn vị tính của số này.

v008-message = Lời văn ghi “{ $words }”, ô bên cạnh cũng ghi { $cell } nhưng bảng tính theo { $unit }.
v008-message-inferred = Lời văn ghi “{ $words }”, ô bên cạnh cũng ghi { $cell }; các số khác cho thấy bảng tính theo { $unit }.
v008-message-total = “{ $words }” có các chữ số của “{ $total }” trong bảng ({ $cell }), nhưng bảng tính theo { $unit }.
v008-message-rate = “{ $rate }” nhân với { $count } là { $expected }, nhưng tổng ghi “{ $sum }”, chênh nghìn lần: có thể nhầm đơn vị tiền.
v008-suggestion = Sửa số trong lời văn hoặc trong ô để hai nơi cùng một giá trị.

v009-message = Số “{ $value }” ở cột “{ $column }” bị ngắt quãng bởi khoảng trắng.
v009-message-words = Số “{ $value }” bị ngắt quãng bởi khoảng trắng.
v009-suggestion = Có thể là { $value }.
