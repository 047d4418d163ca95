# Where something stands in the file.

place-line = dòng { $line }
place-page = trang { $page }
place-table = bảng { $table }, hàng { $row }, cột { $column }
place-paragraph = đoạn { $paragraph }
place-part = { $place } ({ $part ->
    [footnotes] chú thích cuối trang
    [endnotes] chú thích cuối văn bản
    [comments] lời bình
    [header] đầu trang
    [footer] chân trang
   *[other] { $part }
})
