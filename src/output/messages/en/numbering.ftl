# Numbers of sections, groups and rows (N…).

n-related = number { $number }: { $title }
n-suggestion = Perhaps number { $number } is meant

n001-message = Number { $number } is used twice: an entry above in the same group already has it
n001-appendix = The label “{ $label }” is already used by another appendix

n002-message = After number { $before } comes number { $number }: { $missing } missing
n002-start = Numbering starts with { $number }: { $missing } missing
n002-evidence-break = A page break stands right before this row, so the rows between may be lost

n003-message = Number { $number } stands between { $before } and { $after }, out of order
n003-first = Number { $number } stands before number { $after }, out of order
n003-last = Number { $number } stands after number { $before }, out of order

n004-message = The heading of group { $missing } is missing before row { $number }; more rows of the group before may be lost
n004-unnumbered = A group heading is missing before row { $number }; more rows of the group before may be lost
n004-restart = After number { $before } counting starts again at { $number } with no heading between
