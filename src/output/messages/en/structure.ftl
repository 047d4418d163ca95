# Rows, paragraphs and what surrounds them (S…).

s001-open = The end is lost: “{ $words }” opens and nothing follows
s001-word = The end is lost: the text stops at “{ $words }” and nothing follows
s001-comma = The end is lost: the text stops at “{ $words }” right before a page break
s001-unended = The end may be lost: the text stops at “{ $words }” without a mark, where { $ended } others end in one
s001-begins = The beginning is lost: a row without a number begins in the middle of a sentence, at “{ $words }”

s002-opens = { $mark } opens and nothing closes it
s002-closes = { $mark } closes and nothing opened it

s003-more = The row has { $cells } cells, the table only { $columns } columns
s003-fewer = The row has only { $cells } cells, the table has { $columns } columns
s003-evidence = No cell for: { $titles }

s004-number = document number left blank
s004-date = date of issue left blank
s004-both = Document number and date of issue are still blank ({ $places } places)
s004-number-only = The document number is still blank ({ $places } places)
s004-date-only = The date of issue is still blank ({ $places } places)

s005-message = Text that belongs to no part of the document: “{ $words }”

s006-message = { $count } formatting marks are left in the text: { $marks }
