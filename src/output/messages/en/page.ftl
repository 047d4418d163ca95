# Words of the report page.

page-title = Audit of a document
page-skip = To the list of findings
page-language = Language
page-this-language = English
page-contents = Contents
page-summary = Summary
page-findings = Findings
page-no-findings = Nothing was found wrong.
page-charts = Charts
page-body = Text of the document
page-appendices = Appendices
page-rules = Rules
page-table = Table { $id }
page-table-of = Table { $number }: { $name }
page-issuer = Issued by
page-number = Number
page-date = Date
page-term = Term
page-file = File
page-accepted = accepted
page-checks = { $count ->
    [one] One check:
   *[other] { $count } checks:
}
page-inventory = The document has { $appendices } appendices: { $targets } targets, { $tasks } tasks, { $projects } projects, { $plans } plans.
page-notices = About the file
page-unused = Suppressions that no finding needs any more
page-filter = Filter the findings
page-severity = Severity
page-rule = Rule
page-where = Part
page-all = All
page-evidence = Evidence:
page-suggestion = Suggestion:
page-calculation = Calculation
page-related = { $count ->
    [one] One related place
   *[other] { $count } related places
}
page-open = Show the operands
page-joined = The row was cut by a page break and is joined
page-break = Right after a page break
page-chart-capital = Capital by year and field ({ $unit })
page-chart-targets = Targets by group
page-chart-leads = Tasks by lead agency
page-chart-deadlines = Tasks by deadline
page-chart-untitled = Group { $number } (heading lost)
page-chart-rest = Others
page-chart-without = No lead agency
page-chart-recurring = Recurring or ongoing
page-chart-open = No last day
page-chart-no-deadline = No deadline
page-chart-incomplete = Added up from the rows that are there; some rows of the table are missing.
page-chart-data = Figures
page-chart-field = Field
page-chart-sum = Sum
page-foot = cthd { $version }. This page sends and loads nothing; all figures come from the document itself.
