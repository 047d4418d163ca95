# Differences between two versions.

diff-files = { $old } → { $new }
diff-header = Phần đầu và phần cuối
diff-body = Nội dung
diff-appendix = Phụ lục { $id }
diff-totals = Số tổng thay đổi
diff-findings-new = Phát hiện mới
diff-findings-resolved = Phát hiện không còn
diff-not-compared = Không so sánh được
diff-pairs = Các cặp tương ứng
diff-none = Hai bản không khác nhau ({ $pairs } phần tương ứng).
diff-none-compared = Những phần so sánh được không khác nhau ({ $pairs } phần tương ứng); có phần không so sánh được, nêu ở trên.
diff-summary = { $pairs } phần tương ứng: { $changed } có thay đổi, { $renumbered } chỉ đổi số, { $moved } chuyển chỗ, { $split } tách, { $merged } gộp; { $new } mới, { $gone } không còn. Phát hiện: { $findings-new } mới, { $findings-resolved } không còn.

diff-part = { $kind ->
    [appendix] { $label }
    [section] mục { $label }
    [group] nhóm { $label }
    [target] chỉ tiêu { $label }
    [task] nhiệm vụ { $label }
    [project] dự án { $label }
    [plan] quy hoạch { $label }
    [block] đoạn ở mục { $label }
   *[row] dòng { $label }
} “{ $name }”
diff-part-unnumbered = { $kind ->
    [appendix] phụ lục
    [section] mục
    [group] nhóm
    [target] chỉ tiêu
    [task] nhiệm vụ
    [project] dự án
    [plan] quy hoạch
    [block] đoạn
   *[row] dòng
} “{ $name }”
diff-part-unnamed = { $kind ->
    [appendix] { $label }
    [section] mục { $label }
    [group] nhóm { $label }
    [target] chỉ tiêu { $label }
    [task] nhiệm vụ { $label }
    [project] dự án { $label }
    [plan] quy hoạch { $label }
    [block] đoạn ở mục { $label }
   *[row] dòng { $label }
}
diff-new = mới: { $part }
diff-gone = không còn: { $part }
diff-split = tách: { $old } thành { $new }
diff-merged = gộp: { $old } thành { $new }
diff-changed = { $part }: { $changes }
diff-doubtful = Chưa chắc: ở chỗ này bản kia có dòng bị mất theo trang.
diff-unsure = Chưa chắc: tên khác nhiều, có thể là hai mục khác nhau (bỏ mục cũ, thêm mục mới).
diff-was = trước là { $kind ->
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
diff-moved = chuyển từ { $from } sang { $to }
diff-moved-within = đổi thứ tự
diff-top = ngoài nhóm
diff-renumbered = số { $old } thành { $new }
diff-renumbered-run = { $kind ->
    [section] mục
    [group] nhóm
    [target] chỉ tiêu
    [task] nhiệm vụ
    [project] dự án
    [plan] quy hoạch
   *[row] dòng
} { $first } đến { $last }: số thành { $new-first } đến { $new-last } ({ $count } dòng)

diff-field = { $field } từ { $old } thành { $new }
diff-field-added = { $field }: thêm { $new }
diff-field-removed = { $field }: bỏ { $old }
diff-field-words = { $field }: { $words }
diff-words-other = [{ $old } → { $new }]
diff-words-out = [bỏ: { $words }]
diff-words-in = [thêm: { $words }]
diff-field-other = { $field }: đọc khác
diff-field-same = { $fields } không đổi
diff-column = { $field ->
    [value] giá trị { $column }
   *[column] cột “{ $column }”
}
diff-field-name = { $field ->
    [text] nội dung
    [name] tên
    [unit] đơn vị tính
    [value] giá trị
    [lead] cơ quan chủ trì
    [coordinators] cơ quan phối hợp
    [deadline] thời hạn
    [funding] nguồn lực
    [product] sản phẩm
    [note] ghi chú
    [class] nhóm dự án
    [location] địa điểm
    [size] kích thước
    [scope] quy mô
    [duration] số năm thực hiện
    [period] thời gian thực hiện
    [amount] số tiền
    [declared_count] số dự án ghi ở đầu nhóm
    [issued_with] dòng “ban hành kèm theo”
    [column] cột
    [cell] ô
    [document_kind] loại văn bản
    [title] tên văn bản
    [subtitle] trích yếu
    [issuer] cơ quan ban hành
    [parent_issuer] cơ quan cấp trên
    [locality] địa phương
    [signing_place] nơi ký
    [document_number] số văn bản
    [date] ngày ban hành
    [term] nhiệm kỳ
    [basis] căn cứ
    [recipient] nơi nhận
   *[signature] chữ ký
}

diff-why = căn cứ: { $evidence }; điểm { $score }/100, độ tin cậy { $confidence ->
    [high] cao
    [medium] trung bình
   *[low] thấp
}
diff-evidence = { $feature ->
    [name] tên
    [children] các dòng bên trong
    [parent] nhóm trên
    [neighbours] dòng liền trước và sau
    [order] thứ tự
    [number] số
    [lead] cơ quan chủ trì
    [unit] đơn vị tính
    [period] năm
    [deadline] thời hạn
    [place] địa điểm
    [code] ký hiệu
    [values] số liệu
   *[table] loại bảng
} { $share }%

diff-nothing = (trống)
diff-total = phụ lục { $appendix }, “{ $label }”, cột “{ $column }”: từ { $old } thành { $new } (chênh { $difference }), do:
diff-total-row = { $part }: { $difference }
diff-total-row-new = { $part } (mới): { $difference }
diff-total-row-gone = { $part } (không còn): { $difference }
diff-total-more = và { $count } dòng khác
diff-total-unexplained = các dòng không giải thích được: { $difference }

diff-gap-no-body = { $side ->
    [old] Bản cũ
   *[new] Bản mới
} không có phần nội dung, nên nội dung không được so sánh.
diff-gap-no-appendices = { $side ->
    [old] Bản cũ
   *[new] Bản mới
} không có phụ lục, nên phụ lục không được so sánh.
diff-gap-rows-lost = { $side ->
    [old] Bản cũ
   *[new] Bản mới
}, nhóm { $group } của phụ lục { $appendix } ({ $place }): có dòng bị mất theo trang, không biết là dòng nào.
diff-gap-unread = { $side ->
    [old] Bản cũ
   *[new] Bản mới
} có phần không đọc được: { $what } { $place }
diff-gap-unplaced = { $side ->
    [old] Bản cũ
   *[new] Bản mới
}, { $place }: đoạn “{ $what }” không thuộc phần nào, nên không được so sánh.
diff-gap-units = Phụ lục { $what }: hai bản dùng đơn vị tính khác nhau, số tiền không so sánh trực tiếp được.

diff-old = Bản cũ
diff-new-version = Bản mới
diff-unexplained = Các dòng không giải thích được
diff-confidence = độ tin cậy { $confidence ->
    [high] cao
    [medium] trung bình
   *[low] thấp
}
diff-badge = { $status ->
    [renumbered] đổi số
    [moved] chuyển chỗ
    [split] tách
    [merged] gộp
    [new] mới
    [gone] không còn
   *[same] thay đổi
}
