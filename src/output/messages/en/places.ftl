# Where something stands in the file.

place-line = line { $line }
place-page = page { $page }
place-table = table { $table }, row { $row }, column { $column }
place-paragraph = paragraph { $paragraph }
place-part = { $place } ({ $part ->
    [footnotes] footnotes
    [endnotes] endnotes
    [comments] comments
    [header] page header
    [footer] page footer
   *[other] { $part }
})
