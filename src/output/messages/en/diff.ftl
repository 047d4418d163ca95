# Differences between two versions.

diff-files = { $old } → { $new }
diff-header = Header and closing
diff-body = Body
diff-appendix = Appendix { $id }
diff-totals = Totals that changed
diff-findings-new = New findings
diff-findings-resolved = Resolved findings
diff-not-compared = Not compared
diff-pairs = Pairs
diff-none = The two versions do not differ ({ $pairs } parts in both).
diff-none-compared = What could be compared does not differ ({ $pairs } parts of both); some parts could not be, see above.
diff-summary = { $pairs } parts in both: { $changed } changed, { $renumbered } only renumbered, { $moved } moved, { $split } split, { $merged } merged; { $new } new, { $gone } gone. Findings: { $findings-new } new, { $findings-resolved } resolved.

diff-part = { $kind ->
    [appendix] { $label }
    [section] section { $label }
    [group] group { $label }
    [target] target { $label }
    [task] task { $label }
    [project] project { $label }
    [plan] plan { $label }
    [block] paragraph in { $label }
   *[row] row { $label }
} “{ $name }”
diff-part-unnumbered = { $kind ->
    [appendix] appendix
    [section] section
    [group] group
    [target] target
    [task] task
    [project] project
    [plan] plan
    [block] paragraph
   *[row] row
} “{ $name }”
diff-part-unnamed = { $kind ->
    [appendix] { $label }
    [section] section { $label }
    [group] group { $label }
    [target] target { $label }
    [task] task { $label }
    [project] project { $label }
    [plan] plan { $label }
    [block] paragraph in { $label }
   *[row] row { $label }
}
diff-new = new: { $part }
diff-gone = gone: { $part }
diff-split = split: { $old } into { $new }
diff-merged = merged: { $old } into { $new }
diff-changed = { $part }: { $changes }
diff-doubtful = Not sure: the other version has lost rows of a page here.
diff-unsure = Not sure: the names differ much; these may be two parts (the old one left out, a new one put in).
diff-was = formerly a { $kind ->
    [appendix] appendix
    [section] section
    [group] group
    [target] target
    [task] task
    [project] project
    [plan] plan
    [block] paragraph
   *[row] row
}
diff-moved = moved from { $from } to { $to }
diff-moved-within = in another order
diff-top = outside any group
diff-renumbered = number { $old } is now { $new }
diff-renumbered-run = { $kind ->
    [section] sections
    [group] groups
    [target] targets
    [task] tasks
    [project] projects
    [plan] plans
   *[row] rows
} { $first } to { $last }: now { $new-first } to { $new-last } ({ $count } rows)

diff-field = { $field } from { $old } to { $new }
diff-field-added = { $field }: added { $new }
diff-field-removed = { $field }: removed { $old }
diff-field-words = { $field }: { $words }
diff-words-other = [{ $old } → { $new }]
diff-words-out = [left out: { $words }]
diff-words-in = [put in: { $words }]
diff-field-other = { $field }: read otherwise
diff-field-same = { $fields } unchanged
diff-column = { $field ->
    [value] value of { $column }
   *[column] column “{ $column }”
}
diff-field-name = { $field ->
    [text] text
    [name] name
    [unit] unit
    [value] value
    [lead] lead agency
    [coordinators] coordinating agencies
    [deadline] deadline
    [funding] funding
    [product] product
    [note] note
    [class] project class
    [location] location
    [size] size
    [scope] scope
    [duration] years it takes
    [period] years of execution
    [amount] amount
    [declared_count] declared number of items
    [issued_with] “issued with” line
    [column] column
    [cell] cell
    [document_kind] kind of document
    [title] title
    [subtitle] subtitle
    [issuer] issuing body
    [parent_issuer] body above the issuer
    [locality] locality
    [signing_place] place of signing
    [document_number] document number
    [date] date of issue
    [term] term
    [basis] legal ground
    [recipient] recipient
   *[signature] signature
}

diff-why = evidence: { $evidence }; score { $score }/100, confidence { $confidence ->
    [high] high
    [medium] medium
   *[low] low
}
diff-evidence = { $feature ->
    [name] name
    [children] rows under it
    [parent] part above
    [neighbours] rows before and after
    [order] order
    [number] number
    [lead] lead agency
    [unit] unit
    [period] years
    [deadline] deadline
    [place] location
    [code] signs
    [values] figures
   *[table] kind of table
} { $share }%

diff-nothing = (blank)
diff-total = appendix { $appendix }, “{ $label }”, column “{ $column }”: from { $old } to { $new } (difference { $difference }), because of:
diff-total-row = { $part }: { $difference }
diff-total-row-new = { $part } (new): { $difference }
diff-total-row-gone = { $part } (gone): { $difference }
diff-total-more = and { $count } more rows
diff-total-unexplained = not accounted for by the rows: { $difference }

diff-gap-no-body = The { $side ->
    [old] old
   *[new] new
} version has no body, so that the body is not compared.
diff-gap-no-appendices = The { $side ->
    [old] old
   *[new] new
} version has no appendices, so that they are not compared.
diff-gap-rows-lost = { $side ->
    [old] Old
   *[new] New
} version, group { $group } of appendix { $appendix } ({ $place }): rows were lost with a page; which ones is not known.
diff-gap-unread = A part of the { $side ->
    [old] old
   *[new] new
} version could not be read: { $what } { $place }
diff-gap-unplaced = { $side ->
    [old] Old
   *[new] New
} version, { $place }: “{ $what }” belongs to no part and is not compared.
diff-gap-units = Appendix { $what }: the two versions use different units, so that amounts cannot be compared as they are.

diff-old = Old version
diff-new-version = New version
diff-unexplained = Not accounted for by the rows
diff-confidence = { $confidence ->
    [high] high
    [medium] medium
   *[low] low
} confidence
diff-badge = { $status ->
    [renumbered] renumbered
    [moved] moved
    [split] split
    [merged] merged
    [new] new
    [gone] gone
   *[same] changed
}
