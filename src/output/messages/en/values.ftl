# Values, units and sizes (V001-V009).

v001-message = The target “{ $name }” has a unit ({ $unit }) and no value.
v001-column-message = The target “{ $name }” is blank in the column “{ $column }”.
v001-message-table = None of the { $count } targets of the table has a value.
v001-evidence-column = All other columns of this row hold numbers; { $filled } of { $rows } other rows fill this column.
v001-suggestion = Fill in the value, or say that a higher level sets the target.

v002-message-conventions = The column “{ $column }” writes numbers in two ways: { $usual } and { $deviating }.
v002-message-separators = The column “{ $column }” has now a dot, now a comma before three digits: { $usual } and { $deviating }; it is not clear which one separates thousands and which one decimals.
v002-message-decimals = The column “{ $column }” mixes numbers with decimals and without ({ $usual }, { $deviating }), so that three digits after a separator can be read two ways.
v002-message-text = Column “{ $column }”: the cell with { $deviating } holds text where { $count } others hold numbers; no formula adds it up.
v002-suggestion-text = Enter it as a number.
v002-message-row = “{ $name }” says { $deviating } while another year says { $usual }: thousands are parted in two ways.
v002-suggestion = Write the whole column one way: dots between thousands, a comma before decimals.

v003-message = “{ $value }” cannot be read as a number (row “{ $name }”).
v003-suggestion = It may be { $value }.

v004-message-table = Table { $table } holds amounts of money and declares no unit.
v004-message-target = The target “{ $name }” has a value ({ $value }) and a blank unit cell.
v004-evidence-row = A row says “{ $words }” beside the cell { $cell }: the two are equal if the table counts in { $unit }.
v004-evidence-row-two = A row says “{ $words }” beside the cell { $cell }: each read in its own notation, the table counts in { $unit }; both read alike, in { $other }.
v004-evidence-body = The body says “{ $words }”, the table { $cell } for the same thing.
v004-suggestion = Write “Đơn vị tính: { $unit }” above the table, once checked against the original figures.
v004-suggestion-unknown = Write the unit above the table; nothing in the document allows to infer it.

v005-message = The unit “{ $unit }” does not fit the target “{ $name }” (value { $value }).
v005-message-share = “{ $name }” is a share and is counted in “{ $unit }” (value { $value }).
v005-message-index = “{ $name }” is an index; { $value } cannot be in “{ $unit }”.
v005-message-growth = “{ $name }” is a rate of growth and is counted in “{ $unit }” (value { $value }).
v005-suggestion = Check the unit.
v005-suggestion-percent = The unit is usually %; if things are counted, change the target's name.
v005-suggestion-index = The index has no unit.

v006-message = “{ $name }” is a part of a whole and cannot be { $value } (outside 0-100%).
v006-text-message = The share { $value } is outside 0-100%: “{ $words }”.

v007-message = “{ $name }” says { $value } ({ $unit }), far larger than the targets of its size.
v007-evidence = { $times } times “{ $name }” ({ $value }, the same unit).
v007-message-column = “{ $name }” has { $value } in the column “{ $column }”, far above the whole column.
v007-evidence-period = It is { $times } times what the same target has in another period ({ $value }).
v007-evidence-column = Half the rows of the column are at most { $median }; the column's total is only { $total }.
v007-evidence-column-alone = Half the rows of the column are at most { $median }, and no other is of this size.
v007-message-digit = “{ $name }” says { $value }, about ten, a hundred or a thousand times the period before and the period after, or as small a part of them.
v007-evidence-digit = The period before says { $before }, the period after { $after }.
v007-message-digit-end = “{ $name }” says { $value }, about ten times, or a tenth of, all other periods.
v007-evidence-digit-end = Others say { $before }, { $after }.
v007-message-thousand = “{ $name }” is { $value }, thousands of times the value before it ({ $before }); without its three zeros the two are of one size.
v007-suggestion-digit = Check whether this number has a digit too many or too few.
v007-suggestion = Check the thousands separator and the unit of this number.

v008-message = The words say “{ $words }”, the cell beside also { $cell }, but the table counts in { $unit }.
v008-message-inferred = The words say “{ $words }”, the cell beside also { $cell }; other numbers show that the table counts in { $unit }.
v008-message-total = “{ $words }” has the digits of “{ $total }” in the table ({ $cell }), but the table counts in { $unit }.
v008-message-rate = “{ $rate }” times { $count } is { $expected }, but the sum says “{ $sum }”, a thousand times off: the unit of money may be wrong.
v008-suggestion = Change the words or the cell so that both say one value.

v009-message = The number “{ $value }” in the column “{ $column }” is split by a space.
v009-message-words = The number “{ $value }” is broken by a space.
v009-suggestion = It may be { $value }.
