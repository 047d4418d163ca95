# Sentences of the rules A001 to A011.

arithmetic-column = cột số tiền thứ { $number }
arithmetic-group-unnamed = nhóm không có tiêu đề
arithmetic-related = { $name }: { $value }
arithmetic-statement-rows = cột “{ $column }”: “{ $row }” bằng tổng các dòng

arithmetic-reason-blank = các ô thành phần đều để trống
arithmetic-reason-unreadable = có ô không đọc được thành số
arithmetic-reason-inexact = có ô ghi khoảng hoặc giới hạn, không phải một số
arithmetic-reason-unclear = không rõ đây là tổng của những dòng nào
arithmetic-reason-missing = bảng thiếu dòng: { $facts }

arithmetic-missing-heading = mất tiêu đề của “{ $group }”
arithmetic-missing-rows = “{ $group }” bị mất dòng
arithmetic-missing-count = “{ $group }” ghi { $declared } mà chỉ còn { $found } dòng
arithmetic-missing-before = số thứ tự bắt đầu từ { $number }
arithmetic-missing-restart = sau số { $number }, số thứ tự trở lại 1
arithmetic-missing-between = số thứ tự nhảy từ { $from } sang { $to }

arithmetic-evidence-format = Nếu số ở “{ $name }” đọc là { $other } thay vì { $value } thì phép cộng khớp: có thể dấu ngăn cách nhóm số bị dùng lẫn với dấu thập phân.
arithmetic-evidence-factor = Nếu số ở “{ $name }” là { $other } thay vì { $value } thì phép cộng khớp: có thể thừa hoặc thiếu chữ số 0, hoặc lẫn đơn vị tính.
arithmetic-evidence-swap = Nếu số ở “{ $name }” là { $other } thay vì { $value } thì phép cộng khớp: có thể hai chữ số đứng cạnh nhau bị đảo chỗ.
arithmetic-evidence-left-out = Phần chênh đúng bằng “{ $name }” ({ $value }): có thể số này chưa được cộng vào tổng.
arithmetic-evidence-twice = Phần chênh đúng bằng “{ $name }” ({ $value }): có thể số này được cộng hai lần.
arithmetic-evidence-inferred = Có ô lấy giá trị từ ô gộp, nên mức độ được hạ một bậc.
arithmetic-evidence-both = { $first } { $second }

a001-statement = “{ $row }”: “{ $column }” bằng tổng các cột thành phần
a001-statement-words = “{ $total }” trong lời văn bằng tổng các khoản nêu sau đó
a001-message-words = “{ $total }”, nhưng cộng { $count } khoản nêu sau đó được { $expected } (chênh { $difference }).
a001-message = “{ $row }”: cột “{ $column }” ghi { $actual }, nhưng cộng { $count } cột thành phần được { $expected } (chênh { $difference }).

a002-message = Dòng tổng “{ $row }”, cột “{ $column }” ghi { $actual }, nhưng cộng { $count } dòng được { $expected } (chênh { $difference }).

a003-message = “{ $row }”, cột “{ $column }” ghi { $actual }, nhưng cộng { $count } dòng bên trong được { $expected } (chênh { $difference }).

a004-statement-rows = cột “{ $column }”: “{ $row }” đúng công thức { $formula }
a004-statement-columns = “{ $row }”: cột “{ $column }” đúng công thức { $formula }
a004-every-row = mọi dòng
a004-message-rows = “{ $row }”, cột “{ $column }” ghi { $actual }, nhưng theo công thức { $formula } phải là { $expected } (chênh { $difference }).
a004-message-columns = “{ $row }”: cột “{ $column }” ghi { $actual }, nhưng theo công thức { $formula } phải là { $expected } (chênh { $difference }).
a004-message-no-row = Công thức { $formula } của cột “{ $column }” không khớp với dòng nào ({ $count } dòng đã tính): có thể công thức ghi nhầm số cột.
a004-reason-row-absent = công thức { $formula } nhắc đến dòng không có trong bảng
a004-reason-column-absent = công thức nhắc đến cột không có hoặc không ghi số tiền

a005-statement = “{ $row }” có { $declared } mục như đã ghi
a005-rows = số dòng có trong bảng
a005-reason-no-rows = bảng không có dòng nào để đếm
a005-message = “{ $row }” ghi có { $declared } mục, nhưng bảng có { $found } dòng.
a005-evidence-lost = Bảng có dấu hiệu mất dòng: { $facts }.
a005-names = các tên được liệt kê
a005-message-names = “{ $row }” ghi { $declared } mục, nhưng chỉ liệt kê { $found }.

a006-rows-beside = các dòng cùng nhóm cộng lại
a006-statement = “{ $row }” bằng { $percent }% của số được tính
a006-parts-imply = tổng suy từ các khoản khác
a006-statement-growth = “{ $found }” đúng với hai số đã nêu
a006-message-growth = “{ $found }”: từ { $before } đến { $now } là { $ratio }%.
a006-message = “{ $row }” ghi { $percent }%, nhưng { $amount } là { $ratio }% của { $base } ({ $of }).

a007-statement = các chỉ tiêu cho cùng một giá trị của “{ $whole }” ({ $unit })
a007-message = Các chỉ tiêu suy ra những giá trị khác nhau của “{ $whole }” (đơn vị: { $unit }): { $values }.
a007-value = { $value } ({ $source })
a007-printed = ghi ở “{ $first }”
a007-ratio = “{ $second }” chia cho “{ $first }”
a007-product = “{ $first }” nhân với “{ $second }”
a007-statement-rate = “{ $rate }” nhân với số lượng bằng tổng đã ghi
a007-message-rate = “{ $rate }” nhân với { $count } là { $expected }, nhưng tổng ghi “{ $sum }”.

a008-statement-columns = “{ $row }”: “{ $part }” không vượt “{ $whole }”
a008-statement-targets = “{ $part }” không vượt “{ $whole }”
a008-message-columns = “{ $row }”: “{ $part }” là { $least }, lớn hơn “{ $whole }” là { $most }, dù nằm trong đó.
a008-message-targets = “{ $part }” là { $least }, lớn hơn “{ $whole }” là { $most }, dù là một phần của chỉ tiêu này.
a008-message-words = “{ $part }” lớn hơn “{ $whole }”, dù nằm trong đó.

a009-message = Không kiểm tra được { $count } số tổng ở dòng “{ $row }” vì bảng thiếu dòng: { $facts }.
a009-column = “{ $column }”: { $actual } - { $expected } = { $difference }
a009-evidence = Số ghi trừ đi tổng những dòng còn lại: { $columns }.
a009-evidence-exceeds = Số ghi trừ đi tổng những dòng còn lại: { $columns }. Có cột mà những dòng còn lại đã cộng vượt số tổng.

a010-message = { $count } phép cộng cùng chênh { $difference }: có thể chỉ một ô ghi sai hoặc một dòng bị sót gây ra tất cả.
a010-evidence-cell = Ô chung của các phép cộng này là “{ $name }” ở { $place } của tệp.

a011-message = Hai giai đoạn “{ $first }” và “{ $second }” ghi số giống hệt nhau ở mọi dòng (cột { $columns }): có thể số liệu bị chép lại.
a011-message-years = Các cột “{ $first }” và “{ $second }” ghi cùng số tiền ở mọi dòng, các năm khác thì không; có thể đã chép nhầm cột.
