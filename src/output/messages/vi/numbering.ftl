# Numbers of sections, groups and rows (N…).

n-related = số { $number }: { $title }
n-suggestion = Có thể phải là số { $number }

n001-message = Số { $number } bị trùng: trong cùng nhóm, ở trên đã có mục mang số này
n001-appendix = Nhãn “{ $label }” đã dùng cho một phụ lục khác

n002-message = Sau số { $before } đến số { $number }: thiếu { $missing }
n002-start = Bắt đầu từ số { $number }: thiếu { $missing }
n002-evidence-break = Ngay trước dòng này là chỗ ngắt trang, nên có thể đã mất các dòng ở giữa

n003-message = Số { $number } đứng giữa { $before } và { $after }, không đúng thứ tự
n003-first = Số { $number } đứng trước số { $after }, không đúng thứ tự
n003-last = Số { $number } đứng sau số { $before }, không đúng thứ tự

n004-message = Thiếu tiêu đề nhóm { $missing } trước dòng số { $number }; có thể đã mất cả các dòng khác của nhóm trước
n004-unnumbered = Thiếu tiêu đề nhóm trước dòng số { $number }; có thể đã mất cả các dòng khác của nhóm trước
n004-restart = Sau số { $before } lại đếm từ số { $number } mà không có tiêu đề nào ở giữa
