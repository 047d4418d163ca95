# Sentences of the rules A001 to A011.

arithmetic-column = money column { $number }
arithmetic-group-unnamed = a group without a title
arithmetic-related = { $name }: { $value }
arithmetic-statement-rows = column “{ $column }”: “{ $row }” is the sum of its rows

arithmetic-reason-blank = all the parts are blank
arithmetic-reason-unreadable = a cell cannot be read as a number
arithmetic-reason-inexact = a cell gives a bound or a range, not one number
arithmetic-reason-unclear = it is not clear which rows this is the total of
arithmetic-reason-missing = rows are missing: { $facts }

arithmetic-missing-heading = the heading of “{ $group }” is lost
arithmetic-missing-rows = “{ $group }” lost rows
arithmetic-missing-count = “{ $group }” declares { $declared } and has { $found ->
    [one] 1 row
   *[other] { $found } rows
}
arithmetic-missing-before = the numbering begins at { $number }
arithmetic-missing-restart = after number { $number } the numbering goes back to 1
arithmetic-missing-between = the numbering jumps from { $from } to { $to }

arithmetic-evidence-format = If the number at “{ $name }” is read as { $other } instead of { $value }, the sum closes: the mark between thousands may have been taken for a decimal mark, or the reverse.
arithmetic-evidence-factor = If the number at “{ $name }” is { $other } instead of { $value }, the sum closes: a zero may be missing or too many, or the unit differs.
arithmetic-evidence-swap = If the number at “{ $name }” is { $other } instead of { $value }, the sum closes: two neighbouring digits may have changed places.
arithmetic-evidence-left-out = The difference is exactly “{ $name }” ({ $value }): it may have been left out of the total.
arithmetic-evidence-twice = The difference is exactly “{ $name }” ({ $value }): it may have been added twice.
arithmetic-evidence-inferred = A cell takes its value from a merged cell, so the severity is one step lower.
arithmetic-evidence-both = { $first } { $second }

a001-statement = “{ $row }”: “{ $column }” is the sum of its parts
a001-statement-words = “{ $total }” in running text is the sum of the amounts after it
a001-message-words = “{ $total }”, but the { $count } amounts after it come to { $expected } (difference { $difference }).
a001-message = “{ $row }”: column “{ $column }” prints { $actual }, but its { $count } parts add up to { $expected } (difference { $difference }).

a002-message = The total “{ $row }”, column “{ $column }”, prints { $actual }, but { $count ->
    [one] its only row gives
   *[other] its { $count } rows add up to
} { $expected } (difference { $difference }).

a003-message = “{ $row }”, column “{ $column }”, prints { $actual }, but { $count ->
    [one] its only row gives
   *[other] its { $count } rows add up to
} { $expected } (difference { $difference }).

a004-statement-rows = column “{ $column }”: “{ $row }” follows its formula { $formula }
a004-statement-columns = “{ $row }”: column “{ $column }” follows its formula { $formula }
a004-every-row = every row
a004-message-rows = “{ $row }”, column “{ $column }”, prints { $actual }, but its formula { $formula } gives { $expected } (difference { $difference }).
a004-message-columns = “{ $row }”: column “{ $column }” prints { $actual }, but its formula { $formula } gives { $expected } (difference { $difference }).
a004-message-no-row = The formula { $formula } of column “{ $column }” fits none of { $count } rows: it may name the wrong columns.
a004-reason-row-absent = the formula { $formula } names a row that is not in the table
a004-reason-column-absent = the formula names a column that is not there or holds no money

a005-statement = “{ $row }” has the { $declared } rows that it declares
a005-rows = rows in the table
a005-reason-no-rows = the table has no rows to count
a005-message = “{ $row }” declares { $declared }, but the table has { $found ->
    [one] 1 row
   *[other] { $found } rows
}.
a005-evidence-lost = Rows seem to be lost: { $facts }.
a005-names = names in the list
a005-message-names = “{ $row }” says { $declared }, but lists only { $found }.

a006-rows-beside = the rows beside it together
a006-statement = “{ $row }” is { $percent }% of what it is a share of
a006-parts-imply = the sum that the other parts imply
a006-statement-growth = “{ $found }” agrees with its two figures
a006-message-growth = “{ $found }”: from { $before } to { $now } is { $ratio }%.
a006-message = “{ $row }” says { $percent }%, but { $amount } is { $ratio }% of { $base } ({ $of }).

a007-statement = the targets give one value of “{ $whole }” ({ $unit })
a007-message = The targets imply different values of “{ $whole }” (in { $unit }): { $values }.
a007-value = { $value } ({ $source })
a007-printed = printed at “{ $first }”
a007-ratio = “{ $second }” divided by “{ $first }”
a007-product = “{ $first }” times “{ $second }”
a007-statement-rate = “{ $rate }” times the number is the sum stated
a007-message-rate = “{ $rate }” times { $count } is { $expected }, but the sum says “{ $sum }”.

a008-statement-columns = “{ $row }”: “{ $part }” is not above “{ $whole }”
a008-statement-targets = “{ $part }” is not above “{ $whole }”
a008-message-columns = “{ $row }”: “{ $part }” is { $least }, above “{ $whole }”, which contains it and is { $most }.
a008-message-targets = “{ $part }” is { $least }, above “{ $whole }”, of which it is a part and which is { $most }.
a008-message-words = “{ $part }” is more than “{ $whole }”, of which it is a part.

a009-message = { $count ->
    [one] One total
   *[other] { $count } totals
} in the row “{ $row }” cannot be checked, because rows are missing: { $facts }.
a009-column = “{ $column }”: { $actual } - { $expected } = { $difference }
a009-evidence = What is printed less the sum of the rows that are left: { $columns }.
a009-evidence-exceeds = What is printed less the sum of the rows that are left: { $columns }. In some column the rows that are left already exceed the total.

a010-message = { $count } sums differ by the same { $difference }: one wrong cell or one lost row may explain them all.
a010-evidence-cell = The one cell that all these sums share is “{ $name }” at { $place } of the file.

a011-message = The periods “{ $first }” and “{ $second }” carry the same amounts in every row (columns { $columns }): one may have been copied from the other.
a011-message-years = The columns “{ $first }” and “{ $second }” carry the same amounts in every row, as no other years do; one may be a copy.
