# The user's own document with the findings in it.

annotated-word = có ghi chú
annotated-suggestion = Gợi ý: { $suggestion }
annotated-related = Xem thêm { $place }: { $label }
annotated-sealed = Tệp có mật khẩu khi mở nên không ghi chú được vào chính tệp; ghi chú nằm ở trang này.
annotated-unwritable = Tệp hỏng hoặc khác thường nên không ghi chú được vào chính tệp; ghi chú nằm ở trang này.
annotated-counts = { $errors } lỗi, { $warnings } cảnh báo, { $infos } lưu ý
