# What a user of a file must be told about it. `detail` is a name, a number or words of the file.

notice-line = về tệp này: { $notice }
notice-at = { $place }: { $notice }
notice-hidden-sheet = trang tính “{ $detail }” bị ẩn; vẫn được đọc
notice-hidden-sheet-apart = trang tính “{ $detail }” bị ẩn và không phải phụ lục; được để riêng, không tính vào văn bản
notice-hidden-rows-apart = hàng bị ẩn ({ $detail }) mà các tổng không tính đến; được để riêng, không tính vào bảng
notice-hidden-rows = hàng bị ẩn ({ $detail }); vẫn được đọc
notice-hidden-columns = cột bị ẩn ({ $detail }); vẫn được đọc
notice-hidden-text = chữ ẩn: { $detail } chỗ, được để riêng, không tính vào văn bản
notice-struck = chữ gạch ngang: { $detail } chỗ, được để riêng, không tính vào văn bản
notice-inserted = sửa đổi đang theo dõi: { $detail } chỗ chèn thêm, được đọc như chữ của văn bản
notice-deleted = sửa đổi đang theo dõi: { $detail } chỗ xóa, được để riêng, không tính vào văn bản
notice-typed-over = số gõ tay giữa các ô công thức: { $detail }
notice-formula-without-value = công thức không có giá trị lưu kèm: { $detail }
notice-calculated = công thức không có giá trị lưu kèm; giá trị do chương trình tính: { $detail }
notice-stale-value = tổng lưu sẵn không bằng kết quả của công thức: { $detail }
notice-error-value = công thức báo lỗi: { $detail }
notice-no-letters = phông { $detail } không cho biết ký hiệu nào là chữ nào; chữ dùng phông này không đọc được
notice-page-without-text = trang { $detail } không có chữ (có thể là ảnh chụp)
notice-recognised = chữ nhận dạng từ ảnh: trang { $detail }; hãy đối chiếu với bản gốc
notice-damaged = phần bị hỏng, không đọc được: { $detail }
notice-nested-table = bảng lồng trong ô: { $detail } bảng, được để riêng, không tính vào chữ của ô
notice-picture = hình không được đọc: { $detail }
