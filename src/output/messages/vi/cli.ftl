# Words of the command line: help, mistakes of a call, failures.

help-usage = Cách dùng:
help-commands = Lệnh:
help-arguments = Tham số:
help-options = Tùy chọn:
help-help = In trang trợ giúp này
help-version = In phiên bản

help = Đọc chương trình hành động và các phụ lục của nó thành dữ liệu có cấu trúc, rồi kiểm tra số liệu, thời hạn, tên gọi và dẫn chiếu
help-lang = Ngôn ngữ của lời nhắn: vi hoặc en (mặc định theo hệ thống, nếu không rõ thì vi)
help-grammars = Thư mục có tệp ngữ pháp dùng thay cho tệp cùng tên đi kèm chương trình
help-color = Dùng màu: auto (mặc định, chỉ khi in ra màn hình), always, never

help-password = Mật khẩu của tệp được đặt mật khẩu
help-format-hint = Định dạng của tệp khi nội dung không tự cho biết: text, html, docx, xlsx, xlsb, xls, ods, pdf, picture, doc, rtf, odt

help-check = Kiểm tra văn bản: mỗi phát hiện kèm dòng sai và dấu chỉ đúng chỗ, các số hạng của phép cộng không khớp, và tổng hợp những phép tính khớp
help-check-files = Các tệp cần kiểm tra; "-" là đầu vào chuẩn
help-check-format = Dạng kết quả: text (mặc định), json, sarif, github
help-check-select = Chỉ dùng các quy tắc này: mã, tên, hoặc chữ cái của nhóm (A, N, …), cách nhau bằng dấu phẩy
help-check-ignore = Bỏ các quy tắc này
help-check-fail-on = Mức nhẹ nhất làm cho lệnh kết thúc với mã 1: error (mặc định), warning, info, never
help-check-baseline = Báo cáo JSON lần trước; phát hiện đã có trong đó thì chỉ đếm, không nêu lại

help-parse = Đọc văn bản thành dữ liệu có cấu trúc (JSON)
help-parse-file = Tệp cần đọc; "-" là đầu vào chuẩn
help-parse-output = Tệp để ghi kết quả (mặc định in ra đầu ra chuẩn)
help-parse-format = Dạng kết quả: json (mặc định), ndjson (mỗi dòng một phần tử)
help-parse-compact = Ghi JSON trên một dòng

help-coverage = Chứng minh không mất chữ nào: mọi ký tự nằm ở đúng một phần của dữ liệu, hoặc được để riêng kèm lý do
help-coverage-file = Tệp cần đọc; "-" là đầu vào chuẩn
help-coverage-format = Dạng kết quả: text (mặc định), json

help-rules = Liệt kê các quy tắc kiểm tra
help-rules-format = Dạng kết quả: text (mặc định), json

help-explain = Giải thích một quy tắc
help-explain-rule = Mã hoặc tên quy tắc, ví dụ A001 hoặc row-total-mismatch

help-schema = In lược đồ JSON Schema của dữ liệu hoặc của báo cáo
help-schema-of = document (mặc định) hoặc report

usage-argument = không có tùy chọn { $argument }; xem cthd --help
usage-argument-meant = không có tùy chọn { $argument }; có phải là { $meant }?
usage-command = không có lệnh { $command }; xem cthd --help
usage-command-meant = không có lệnh { $command }; có phải là { $meant }?
usage-value = { $argument } không nhận giá trị "{ $value }"; giá trị dùng được: { $valid }
usage-no-value = { $argument } cần có giá trị
usage-missing = thiếu { $argument }
usage-conflict = không dùng { $argument } như vậy được

error-not-found = không tìm thấy { $file }
error-permission = không có quyền đọc hoặc ghi { $file }
error-directory = { $file } là thư mục, không phải tệp
error-not-a-directory = { $file } không phải là thư mục
error-io = không dùng được { $file }: { $reason }
error-output = không ghi được kết quả: { $reason }
error-empty = { $file } là tệp rỗng
error-too-large = { $file } có { $bytes } byte; giới hạn là { $limit } byte
format-name =
    { $format ->
        [picture] ảnh
        [program] chương trình chạy
        [office] Word hoặc Excel
       *[other] { $format }
    }
progress-recognising = nhận dạng chữ, trang
error-unsupported = chưa đọc được tệp dạng { format-name } ({ $file }); hãy lưu thành DOCX, XLSX, PDF có lớp chữ, HTML hoặc văn bản thuần (.txt) trước
error-limit =
    { $bound ->
        [text] { $file } có hơn { $limit } byte chữ, vượt giới hạn đọc
        [cells] { $file } có hơn { $limit } ô bảng, vượt giới hạn đọc
        [paragraphs] { $file } có hơn { $limit } đoạn, vượt giới hạn đọc
        [unpacked] { $file } giải nén ra hơn { $limit } byte, vượt giới hạn đọc
        [ratio] { $file } giải nén ra gấp hơn { $limit } lần, vượt giới hạn đọc
        [entries] { $file } chứa hơn { $limit } tệp con, vượt giới hạn đọc
        [nesting] { $file } lồng nhau hơn { $limit } cấp, vượt giới hạn đọc
        [sheets] { $file } có hơn { $limit } trang tính, vượt giới hạn đọc
        [pages] { $file } có hơn { $limit } trang, vượt giới hạn đọc
        [glyphs] một trang của { $file } có hơn { $limit } ký hiệu, vượt giới hạn đọc
        [objects] { $file } có hơn { $limit } đối tượng, vượt giới hạn đọc
        [seconds] một trang của { $file } cần hơn { $limit } giây, vượt giới hạn đọc
       *[pixels] một hình của { $file } có hơn { $limit } điểm ảnh, vượt giới hạn đọc
    }
error-encrypted =
    { $format ->
        [office] { $file } (Word hoặc Excel) được đặt mật khẩu; hãy mở bằng Word, Excel hoặc LibreOffice rồi lưu bản không có mật khẩu
       *[other] { $file } (dạng { format-name }) được đặt mật khẩu; hãy dùng --password hoặc lưu bản không có mật khẩu
    }
error-damaged = { $file } (dạng { format-name }) bị hỏng: { $reason }
error-needs-program =
    { $program ->
        [tesseract] { $file } là ảnh chụp hoặc bản quét; để nhận dạng chữ cần cài Tesseract (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)
        [tesseract-ocr-vie] Tesseract trên máy chưa có tiếng Việt để nhận dạng { $file } (Debian, Ubuntu: apt install tesseract-ocr-vie)
        [pdftoppm] { $file } có trang quét cần pdftoppm để vẽ ra ảnh (Debian, Ubuntu: apt install poppler-utils)
        [soffice] để đọc { $file } (dạng { format-name }) cần cài LibreOffice (Debian, Ubuntu: apt install libreoffice-writer), hoặc hãy lưu thành DOCX
       *[other] để đọc { $file } (dạng { format-name }) cần cài chương trình { $program }
    }
error-program-failed = không đọc được { $file }: chương trình { $program } báo lỗi: { $reason }
error-binary = { $file } không phải là văn bản: byte { $byte } ở vị trí { $offset }
error-stdin-twice = chỉ đọc được đầu vào chuẩn ("-") một lần
error-same-file = tệp kết quả { $file } chính là tệp đang đọc
error-grammar-file = tệp ngữ pháp { $file }, dòng { $line }, cột { $column }: { $reason }
error-grammars-none = thư mục { $file } không có tệp ngữ pháp (.toml) nào
error-grammar-unknown = { $file } không phải tên của tệp ngữ pháp nào
error-baseline = { $file } không phải là báo cáo JSON của cthd check: { $reason }
error-rule = không có quy tắc { $rule }; xem cthd rules
error-rule-meant = không có quy tắc { $rule }; có phải là { $nearest }?
