# Words of the audit's report.

severity-error = error
severity-warning = warning
severity-info = info

report-evidence = evidence
report-suggestion = suggestion
report-check = check
report-expected = comes to
report-actual = printed
report-difference = difference
report-blank-operands = { $count ->
    [one] (1 blank cell)
   *[other] ({ $count } blank cells)
}
report-more-places = and { $count ->
    [one] 1 other place
   *[other] { $count } other places
}{ $kind ->
    [line] {" "}(line:column)
   *[other] {""}
}: { $places }

report-findings = { $file }: { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}, { $infos ->
    [one] 1 note
   *[other] { $infos } notes
}.
report-no-findings = { $file }: nothing found.
report-accepted = { $count ->
    [one] 1 finding is accepted and not counted above.
   *[other] { $count } findings are accepted and not counted above.
}
report-accepted-line = { "  " }{ $code } at { $place }: { $reason }
report-unused = The suppression { $rule } { $place } (“{ $reason }”) meets no finding; take it out.
report-no-checks = The document has no arithmetic to check.
report-checks = Checked: { $holds } hold, { $fails } fail, { $unverifiable } cannot be told.
report-holds = { $count } hold
report-fails = { $count } fail
report-unverifiable = { $count } cannot be told
report-unverifiable-why = It cannot be told because:
report-unverifiable-line = { $code }: { $reason } ({ $count ->
    [one] 1 check, at { $place }
   *[other] { $count } checks, the first at { $place }
})
