# The user's own document with the findings in it.

annotated-word = có ghi chú
annotated-suggestion = Gợi ý: { $suggestion }
annotated-related = Xem thêm { $place }: { $label }
annotated-counts = { $errors } lỗi, { $warnings } cảnh báo, { $infos } lưu ý
