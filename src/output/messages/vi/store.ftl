# The store of versions, and batches of files.

store-imported = { $file }: { $programme }, bản { $version }: { $items } mục, { $changed } thay đổi, { $added } mới, { $gone } không còn
store-already = { $file }: { $programme } đã có tệp này, là bản { $version }
store-same = { $file }: { $programme }: nội dung không khác bản { $version }, không lưu thành bản mới
store-half = { $file }: tệp chỉ có { $half ->
    [body] phần nội dung; các phụ lục
   *[appendices] các phụ lục; phần nội dung
} giữ nguyên như bản trước
store-column = { $column ->
    [programme] chương trình
    [version] bản
    [versions] số bản
    [imported] nhập lúc
    [number] số văn bản
    [date] ngày
    [items] số mục
    [changes] thay đổi
    [file] tệp
    [term] giai đoạn
    [locality] địa phương
    [uid] mã
    [kind] loại
    [label] số
    [due] hạn cuối
   *[name] tên
}
store-kind = { $kind ->
    [appendix] phụ lục
    [section] mục
    [group] nhóm
    [target] chỉ tiêu
    [task] nhiệm vụ
    [project] dự án
    [plan] quy hoạch
    [block] đoạn
   *[row] dòng
}
store-item = { $uid } ({ $kind }), { $programme }
store-item-of = tách ra từ { $uid }
store-label = , số { $label }
store-state-now = từ bản { $since }{ $label }
store-state-one = bản { $since }{ $label }
store-state = bản { $since }–{ $until }{ $label }
store-field = {"    "}{ $field ->
    [name] tên
    [lead] cơ quan chủ trì
    [coordinators] cơ quan phối hợp
    [deadline] thời hạn
    [due] hạn cuối
    [original_due] hạn cuối ban đầu
    [unit] đơn vị tính
    [funding] nguồn lực
    [kind] loại
    [product] sản phẩm
    [class] nhóm dự án
    [location] địa điểm
    [size] kích thước
    [scope] quy mô
    [note] ghi chú
   *[figure] số liệu
}: { $words }

ask-programme = { $file } không cho biết là bản của chương trình nào. Các chương trình trong kho:
ask-choice = Gõ số thứ tự, hoặc mã của một chương trình mới (để trống: bỏ qua):
ask-no-such = Không có số này.

error-store = kho { $store } không dùng được (cơ sở dữ liệu báo: { $reason })
error-store-missing = không có kho { $store } (cthd import hoặc cthd batch tạo kho mới)
error-store-unsure = { $file } không cho biết là chương trình của địa phương nào; hãy dùng --programme MÃ (xem cthd list)
error-store-several = { $file } có thể là của nhiều chương trình: { $programmes }; hãy dùng --programme MÃ
error-store-programme = kho không có chương trình { $programme }; xem cthd list
error-store-version = chương trình { $programme } không có bản { $version }
error-store-item = kho không có mục { $uid }; xem cthd list
error-store-encryption = không dùng được sslmode={ $mode }: hãy dùng sslmode=require hoặc verify-full (mã hóa, có kiểm tra chứng thư), hoặc disable (không mã hóa)
error-store-certificates = không dùng được chứng thư { $file } (mô tả kỹ thuật: { $reason })
error-store-not-built = chương trình này được dựng không kèm PostgreSQL
error-batch-output = cần nơi ghi kết quả: -o TỆP.ndjson hoặc --store KHO

batch-panicked = chương trình gặp lỗi bên trong khi đọc tệp này
batch-file = { $file }: { $errors } lỗi, { $warnings } cảnh báo, { $infos } lưu ý
batch-other = { $file }: không phải văn bản
batch-bad = { $file }: không đọc được: { $reason }
batch-findings = { $count } phát hiện
batch-files = { $count } tệp
batch-kept = { $kept } tệp đã có trong kho từ trước.
batch-summary = { $read } tệp đã đọc, { $bad } tệp không đọc được, { $other } tệp không phải văn bản.
