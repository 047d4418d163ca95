# Chữ nhận dạng sai, chữ lẫn bảng mã khác (X…).

x001-message = “{ $words }” có thể là chữ bị nhận dạng hoặc gõ sai
x001-suggestion = Có thể là “{ $right }”
x001-evidence-listed = Chữ này thường bị nhận dạng sai như vậy
x001-evidence-phrase = “{ $right }” là cụm từ thường dùng; cụm đã ghi thì không
x001-evidence-document = Văn bản này viết “{ $right }” ở { $count } chỗ khác
x001-evidence-syllable = Tiếng Việt không có âm tiết này

x002-message = “{ $letter }” ({ $code }) thuộc bảng chữ khác, chỉ trông giống chữ “{ $right }” của tiếng Việt
x002-many = “{ $letter }” ({ $code }) thuộc bảng chữ khác, chỉ trông giống chữ “{ $right }” của tiếng Việt; văn bản có { $count } chỗ
x002-place = chữ cái trông giống
x002-suggestion = Gõ lại “{ $right }” bằng bộ gõ tiếng Việt; nếu không, tìm kiếm và so sánh sẽ không thấy từ này

x003-message = { $count } dòng viết dấu rời (Unicode tổ hợp); dữ liệu xuất ra dùng dạng dựng sẵn

x004-message = Lẫn hai cách đặt dấu thanh: { $rare } ({ $rare_count } lần) và { $usual } ({ $usual_count } lần)

x005-message = Văn bản ở bảng mã cũ { $encoding }; đã đọc ra chữ tiếng Việt ({ $count } dòng)
x005-unread = Văn bản ở bảng mã cũ { $encoding }; đã đọc ra chữ tiếng Việt ({ $count } dòng), trừ các byte { $bytes } không ứng với chữ nào
x005-lacking = { $encoding } không có { $letters }
x005-lacking-many = { $encoding } thiếu { $count } chữ ({ $letters } …): các chữ này đã mất hoặc bị viết bằng chữ khác từ trước
x005-suggestion = Chuyển tệp sang Unicode (UTF-8)
x005-suggestion-check = Chuyển tệp sang Unicode (UTF-8) rồi rà lại bằng mắt những chữ đã mất

x006-message = “{ $words }” được nhận dạng từ ảnh, chưa chắc đúng (độ tin cậy { $confidence }%)
x006-unread = Ô có chữ nhưng không nhận dạng được
x006-readings = Đọc cách khác: { $readings }.
x006-closes = Tổng có số này khớp.
x006-suggestion = Nếu là “{ $reading }” thì mọi tổng có số này đều khớp; hãy đối chiếu với bản gốc
reading-evidence = Có chữ nhận dạng từ ảnh chưa chắc đúng, nên mức độ được hạ một bậc.
