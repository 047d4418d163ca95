# Words of the audit's report.

severity-error = lỗi
severity-warning = cảnh báo
severity-info = lưu ý

report-evidence = căn cứ
report-suggestion = gợi ý
report-check = phép đối chiếu
report-expected = tính ra
report-actual = văn bản ghi
report-difference = chênh lệch
report-blank-operands = ({ $count } ô để trống)
report-more-places = và { $count } chỗ khác{ $kind ->
    [line] {" "}(dòng:cột)
   *[other] {""}
}: { $places }

report-findings = { $file }: { $errors } lỗi, { $warnings } cảnh báo, { $infos } lưu ý.
report-no-findings = { $file }: không phát hiện sai sót nào.
report-accepted = { $count } phát hiện đã được chấp nhận, không tính vào số trên.
report-accepted-line = { "  " }{ $code } ở { $place }: { $reason }
report-unused = Mục chấp nhận { $rule } { $place } (“{ $reason }”) không ứng với phát hiện nào; nên bỏ đi.
report-no-checks = Văn bản không có phép tính nào để đối chiếu.
report-checks = Đã đối chiếu: { $holds } khớp, { $fails } không khớp, { $unverifiable } không kết luận được.
report-holds = { $count } khớp
report-fails = { $count } không khớp
report-unverifiable = { $count } không kết luận được
report-unverifiable-why = Không kết luận được vì:
report-unverifiable-line = { $code }: { $reason } ({ $count } phép, đầu tiên ở { $place })
