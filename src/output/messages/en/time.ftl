# Dates, deadlines and years of money (T001-T005).

t001-message = “{ $words }” is no time that there is.
t001-message-day = “{ $words }”: the month has no such day.
t001-message-month = “{ $words }”: a year has the months 1 to 12.
t001-message-quarter = “{ $words }”: a year has the quarters I to IV.
t001-message-year = “{ $words }”: there is no such year; a digit may be mistyped.

t002-message = “{ $words }”: the end stands before the start.
t002-suggestion = Check whether the two are swapped or a year is mistyped.

t003-message-before = The deadline “{ $words }” of “{ $name }” lies before the programme begins ({ $year }).
t003-message-after = The deadline “{ $words }” of “{ $name }” lies after the last year of the programme ({ $year }).
t003-message-goes-on = The deadline “{ $words }” of “{ $name }” goes on after the last year of the programme ({ $year }), as no other of the table does.

t004-message = “{ $name }” is carried out in { $period } and has money outside that time ({ $years }).
t004-label-year = { $year }: { $amount }
t004-label-period = time of execution

t005-message = “{ $name }” has no deadline.
t005-message-part = “{ $name }” leaves “{ $column }” blank.
t005-message-column = All { $count } rows of the column of deadlines are blank.
