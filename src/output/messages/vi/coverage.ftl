# Words of `cthd coverage`.

coverage-whole = { $file }: đủ cả { $total } ký tự.
coverage-not-whole = { $file }: KHÔNG đủ: trong { $total } ký tự có { $missing } bị mất, { $doubled } bị tính hai lần; { $altered } phần có chữ khác với chỗ được dẫn.
coverage-owned = Thuộc các phần của văn bản: { $count } ký tự
coverage-set-aside = Để riêng: { $count } ký tự
coverage-unplaced = Chưa xếp được vào phần nào: { $count } ký tự
coverage-missing = Bị mất:
coverage-doubled = Bị tính hai lần:
coverage-altered = Chữ khác với chỗ được dẫn:
coverage-more = … và { $count } chỗ nữa (xem --format json)

kind-title = tên văn bản
kind-block = đoạn và gạch đầu dòng
kind-heading = đề mục
kind-caption = tên phụ lục
kind-issued-with = dòng "Ban hành kèm theo"
kind-header-cell = ô tiêu đề bảng
kind-cell = ô của bảng
kind-recipients = nơi nhận
kind-signature = chữ ký
kind-unplaced = chưa xếp được
kind-set-aside = để riêng

aside-repeated-header = tiêu đề bảng in lại ở trang sau
aside-formula-index = hàng số thứ tự cột
aside-page-number = số trang
aside-running-head = dòng lặp lại ở mỗi trang
aside-footnote = chú thích cuối trang
aside-comment = ý kiến của người soạn
aside-scratch = ô ngoài bảng
aside-sheet-name = tên trang tính
aside-stamp = dấu của chữ ký số
aside-markup = dấu định dạng
aside-repeated-tail = phần đuôi in lại khi hàng sang trang
aside-deleted = chữ đã xóa khi sửa
aside-struck = chữ gạch ngang
aside-hidden = chữ ẩn, không in
aside-nested = bảng lồng trong ô
aside-invisible = ký tự không nhìn thấy
aside-ornament = đường kẻ, hoa văn
