# Words of the command line: help, mistakes of a call, failures.

help-usage = Cách dùng:
help-commands = Lệnh:
help-arguments = Tham số:
help-options = Tùy chọn:
help-help = In trang trợ giúp này
help-version = In phiên bản

value-address = ĐỊA_CHỈ
value-code = MÃ
value-codes = MÃ
value-command = LỆNH
value-db = KHO
value-dir = THƯ_MỤC
value-file = TỆP
value-format = DẠNG
value-id = MÃ
value-kind = LOẠI
value-mb = MB
value-new = BẢN_MỚI
value-old = BẢN_CŨ
value-out = TỆP
value-password = MẬT_KHẨU
value-seconds = GIÂY
value-table = BẢNG
value-uid = MÃ
value-words = CHỮ

help-any-options = [TÙY CHỌN]
help-any-command = [LỆNH]

manual-name = TÊN
manual-synopsis = CÁCH DÙNG
manual-description = MÔ TẢ
manual-options = TÙY CHỌN
manual-subcommands = CÁC LỆNH
manual-version = PHIÊN BẢN

help = Đọc chương trình hành động và các phụ lục của nó thành dữ liệu có cấu trúc, rồi kiểm tra số liệu, thời hạn, tên gọi và dẫn chiếu
help-lang = Ngôn ngữ của lời nhắn: vi hoặc en (mặc định theo hệ thống, nếu không rõ thì vi)
help-grammars = Thư mục có tệp ngữ pháp dùng thay cho tệp cùng tên đi kèm chương trình
help-color = Dùng màu: auto (mặc định, chỉ khi in ra màn hình), always, never

help-password = Mật khẩu của tệp được đặt mật khẩu
help-format-hint = Định dạng của tệp khi nội dung không tự cho biết: text, html, docx, xlsx, xlsb, xls, ods, pdf, picture, doc, rtf, odt

help-check = Kiểm tra văn bản: mỗi phát hiện kèm dòng sai và dấu chỉ đúng chỗ, các số hạng của phép cộng không khớp, và tổng hợp những phép tính khớp
help-check-files = Các tệp cần kiểm tra; "-" là đầu vào chuẩn
help-check-format = Dạng kết quả: text (mặc định), json, sarif, github, junit
help-check-select = Chỉ dùng các quy tắc này: mã, tên, hoặc chữ cái của nhóm (A, N, …), cách nhau bằng dấu phẩy
help-check-ignore = Bỏ các quy tắc này
help-check-fail-on = Mức nhẹ nhất làm cho lệnh kết thúc với mã 1: error (mặc định), warning, info, never
help-check-store = Kiểm tra bản hiện nay của các chương trình trong kho này
help-check-programme = Chỉ chương trình này
help-check-at-version = Bản thứ mấy (mặc định là bản cuối)
help-check-baseline = Báo cáo JSON lần trước; phát hiện đã có trong đó thì chỉ đếm, không nêu lại
help-check-quiet = Chỉ in các phát hiện, không in tổng hợp

help-parse = Đọc văn bản thành dữ liệu có cấu trúc (JSON)
help-parse-file = Tệp cần đọc; "-" là đầu vào chuẩn
help-parse-output = Tệp để ghi kết quả (mặc định in ra đầu ra chuẩn)
help-parse-format = Dạng kết quả: json (mặc định), ndjson (mỗi dòng một phần tử)
help-parse-compact = Ghi JSON trên một dòng

help-diff = So sánh hai bản của một chương trình: mục nào mới, không còn, chuyển chỗ, đổi số, đổi nội dung nào; số tổng đổi do dòng nào; phát hiện nào mới
help-diff-old = Bản cũ; "-" là đầu vào chuẩn
help-diff-new = Bản mới
help-diff-format = Dạng kết quả: text (mặc định), json, html (hai bản cạnh nhau)
help-diff-why = Nêu căn cứ và độ tin cậy của từng cặp tương ứng
help-diff-exit-code = Kết thúc với mã 1 khi hai bản khác nhau

help-batch = Đọc và kiểm tra nhiều tệp một lúc; tệp hỏng được báo và không làm dừng các tệp khác; chạy lại thì làm tiếp phần còn lại
help-batch-folders = Thư mục (kể cả thư mục con) hoặc tệp
help-batch-output = Tệp kết quả: .ndjson, mỗi văn bản một dòng JSON; hoặc .parquet, mỗi phát hiện một hàng
help-batch-store = Đưa thẳng vào kho các bản: tệp SQLite hoặc postgres://…
help-batch-programme = Mã chương trình của mọi tệp, khi văn bản không tự cho biết
help-batch-findings-only = Chỉ ghi phát hiện, không ghi dữ liệu của văn bản

help-import = Đưa các bản của chương trình vào kho: nhận ra chương trình, giữ mã riêng của từng mục qua các bản
help-import-files = Các tệp, bản cũ trước; "-" là đầu vào chuẩn
help-import-store = Kho: tệp SQLite (được tạo nếu chưa có) hoặc postgres://…
help-import-programme = Mã chương trình, khi văn bản không tự cho biết hoặc để đặt mã cho chương trình mới

help-log = Liệt kê các bản trong kho
help-log-store = Kho: tệp SQLite hoặc postgres://…
help-log-programme = Chỉ của chương trình này
help-log-format = Dạng kết quả: text (mặc định), json

help-show = Một mục qua các bản: tên, cơ quan, thời hạn đầu tiên và hiện nay, số liệu
help-show-uid = Mã riêng của mục (xem cthd list)
help-show-store = Kho: tệp SQLite hoặc postgres://…
help-show-format = Dạng kết quả: text (mặc định), json

help-list = Liệt kê các chương trình trong kho; với --programme, --kind hoặc --find thì liệt kê các mục hiện nay
help-list-store = Kho: tệp SQLite hoặc postgres://…
help-list-programme = Chỉ của chương trình này
help-list-kind = Chỉ loại này: task, target, project, plan, group, section, block, appendix, row
help-list-find = Chỉ mục có các chữ này trong tên, không phân biệt dấu
help-list-format = Dạng kết quả: text (mặc định), json

help-export = Xuất chính văn bản với ghi chú tại chỗ (annotated), hoặc dữ liệu và phát hiện thành bảng: sổ tính (xlsx) có công thức cộng lại và ghi chú ở từng ô, hoặc bảng phẳng (csv, ndjson, parquet)
help-export-file = Tệp cần đọc; "-" là đầu vào chuẩn
help-export-store = Kho: xuất một bản đang giữ trong kho thay cho tệp
help-export-programme = Mã chương trình trong kho
help-export-at-version = Bản thứ mấy (mặc định là bản cuối)
help-export-to = Dạng kết quả: annotated (chính văn bản với ghi chú tại chỗ: tệp Word, Excel, PDF giữ nguyên và có ghi chú, tệp khác thành trang HTML), xlsx, csv, ndjson, parquet
help-export-output = Tệp để ghi kết quả; với csv và parquet là thư mục, mỗi bảng một tệp; không ghi gì thì in ra đầu ra chuẩn
help-export-table = Chỉ xuất một bảng: targets, tasks, projects, amounts, plans, sections, findings, checks, operands
help-export-baseline = Báo cáo JSON lần trước; phát hiện đã có trong đó được đánh dấu

help-report = Báo cáo thành một trang HTML: bảng như đã in, phát hiện ngay tại ô, phép cộng mở ra các số hạng, biểu đồ; xem được không cần mạng
help-report-file = Tệp cần đọc; "-" là đầu vào chuẩn
help-report-output = Tệp HTML để ghi (mặc định in ra đầu ra chuẩn)
help-report-baseline = Báo cáo JSON lần trước; phát hiện đã có trong đó được đánh dấu

help-coverage = Chứng minh không mất chữ nào: mọi ký tự nằm ở đúng một phần của dữ liệu, hoặc được để riêng kèm lý do
help-coverage-file = Tệp cần đọc; "-" là đầu vào chuẩn
help-coverage-format = Dạng kết quả: text (mặc định), json

help-rules = Liệt kê các quy tắc kiểm tra
help-rules-format = Dạng kết quả: text (mặc định), json

help-explain = Giải thích một quy tắc
help-explain-rule = Mã hoặc tên quy tắc, ví dụ A001 hoặc row-total-mismatch

help-schema = In lược đồ JSON Schema của dữ liệu, của báo cáo hoặc của bản so sánh
help-schema-of = document (mặc định), report hoặc diff

help-completions = In kịch bản hoàn thành lệnh cho trình bao (shell)
help-completions-shell = bash, elvish, fish, powershell hoặc zsh

help-man = In trang hướng dẫn (man) của chương trình hoặc của một lệnh
help-man-of = Tên lệnh, ví dụ check

help-serve = Mở trang web trên máy này để kéo thả tệp vào kiểm tra; không tệp nào rời khỏi máy
help-serve-port = Cổng (mặc định 8642; 0 là cổng trống bất kỳ)
help-serve-host = Địa chỉ (mặc định 127.0.0.1, chỉ máy này vào được)
help-serve-time-limit = Số giây dài nhất cho một yêu cầu (mặc định 120)
help-serve-memory-limit = Bộ nhớ lớn nhất để đọc một tệp, tính bằng MB (mặc định 2048)
help-serve-answer = Chương trình tự dùng để đọc một tệp

usage-argument = không có tùy chọn { $argument }; xem cthd --help
usage-argument-meant = không có tùy chọn { $argument }; có phải là { $meant }?
usage-command = không có lệnh { $command }; xem cthd --help
usage-command-meant = không có lệnh { $command }; có phải là { $meant }?
usage-value = { $argument } không nhận giá trị "{ $value }"; giá trị dùng được: { $valid }
usage-value-bad = { $argument } không nhận giá trị "{ $value }"
usage-no-value = { $argument } cần có giá trị
usage-missing = thiếu { $argument }
usage-conflict = không dùng { $argument } như vậy được

error-not-found = không tìm thấy { $file }
error-permission = không có quyền đọc hoặc ghi { $file }
error-directory = { $file } là thư mục, không phải tệp
error-not-a-directory = { $file } không phải là thư mục
error-io = không dùng được { $file } (hệ điều hành báo: { $reason })
error-output = không ghi được kết quả (hệ điều hành báo: { $reason })
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
error-wrong-password = Mật khẩu đã nhập không mở được { $file } (dạng { format-name })
error-damaged = { $file } (dạng { format-name }) bị hỏng hoặc không trọn vẹn (mô tả kỹ thuật: { $reason })
error-needs-program =
    { $program ->
        [tesseract] { $file } là ảnh chụp hoặc bản quét; để nhận dạng chữ cần cài Tesseract (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)
        [tesseract-ocr-vie] Tesseract trên máy chưa có tiếng Việt để nhận dạng { $file } (Debian, Ubuntu: apt install tesseract-ocr-vie)
        [pdftoppm] { $file } có trang quét cần pdftoppm để vẽ ra ảnh (Debian, Ubuntu: apt install poppler-utils)
        [soffice] để đọc { $file } (dạng { format-name }) cần cài LibreOffice (Debian, Ubuntu: apt install libreoffice-writer), hoặc hãy lưu thành DOCX
       *[other] để đọc { $file } (dạng { format-name }) cần cài chương trình { $program }
    }
error-program-failed = không đọc được { $file }: chương trình { $program } báo lỗi (nguyên văn: { $reason })
error-binary = { $file } không phải là văn bản: byte { $byte } ở vị trí { $offset }
error-stdin-twice = chỉ đọc được đầu vào chuẩn ("-") một lần
error-same-file = tệp kết quả { $file } chính là tệp đang đọc
error-grammar-file = tệp ngữ pháp { $file } sai ở dòng { $line }, cột { $column } (mô tả kỹ thuật: { $reason })
error-grammars-none = thư mục { $file } không có tệp ngữ pháp (.toml) nào
error-grammar-unknown = { $file } không phải tên của tệp ngữ pháp nào
error-baseline = { $file } không phải là báo cáo JSON của cthd check (mô tả kỹ thuật: { $reason })
error-rule = không có quy tắc { $rule }; xem cthd rules
error-rule-meant = không có quy tắc { $rule }; có phải là { $nearest }?
error-export-output = cần ghi rõ nơi lưu bằng -o; chỉ csv của một bảng (--table) và ndjson mới in ra đầu ra chuẩn được
error-annotated-name = bản có ghi chú của tệp này là tệp .{ $extension }; hãy đặt tên đuôi ấy sau -o
error-annotated-page = { $because } Hãy đặt tên đuôi .{ $extension } sau -o
error-suppressions = tệp { $file } sai ở dòng { $line }, cột { $column } (mô tả kỹ thuật: { $reason })
error-serve = không mở được cổng ở { $address } (hệ điều hành báo: { $reason })
