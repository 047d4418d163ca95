# References between the parts of a document (R…).

r001-message = The text refers to “{ $label }”, and the document has no such appendix
r001-evidence = The document has: { $labels }
r001-evidence-none = The document has no appendices

r002-message = Nothing in the document refers to “{ $label }”

r003-section = Section { $number } “{ $title }” has no group of tasks in { $labels }
r003-group = Group { $number } “{ $title }” answers to no section of the tasks
r003-evidence = { $pairs } pairs of section and group match, of { $sections } sections and { $groups } groups

r004-message = The title of group { $number } differs from section { $section }: { $changes }
r004-changed = “{ $section }” became “{ $group }”
r004-added = “{ $words }” added
r004-left-out = “{ $words }” left out

r005-message = “{ $words }” is named here, but the document is of { $own }; perhaps copied from elsewhere
r005-captions = “{ $words }” is named here, other than in the captions of the other appendices

r006-kind = The caption says issued with “{ $found }”, the others say “{ $expected }”
r006-number = The document number is “{ $found }” here and “{ $expected }” elsewhere
r006-date = The date of issue is “{ $found }” here and “{ $expected }” elsewhere
r006-issuer = The issuer is “{ $found }” here and “{ $expected }” elsewhere
r006-also-kind = the kind of document differs too: { $found }
r006-also-number = the document number differs too: { $found }
r006-also-date = the date of issue differs too: { $found }
r006-also-issuer = the issuer differs too: { $found }
r006-cited-date = “{ $found }” is cited here and “{ $expected }” elsewhere: one number with two dates
r006-cited-number = “{ $found }” is cited here and “{ $expected }” elsewhere: one date, and the number’s digits swapped

r007-caption = The caption names the period { $found }, the document { $programme }
r007-captions = The caption names the period { $found }, the other captions { $programme }
r007-caption-tasks = The caption names { $found }, and all dated tasks of its table are due in { $due }
r007-caption-plan = The caption names { $found }, and the money of its table goes up to { $due }, the year of the document
r007-column = The column “{ $column }” names { $found }, which leaves the period { $period } of the caption
r007-column-programme = The column “{ $column }” names { $found }, which leaves the period { $period } of the document
r007-column-twice = Two columns say “{ $column }”
r007-year-missing = The period { $period } has no column for { $year }; the table has only { $years }

r008-message = “{ $found }” here, and “{ $other }” elsewhere
r008-message-words = The amount in figures is “{ $found }”, in words “{ $other }”
r008-message-growth = The text says “{ $found }”, but “{ $name }” goes from { $before } to { $now }, which is { $ratio }%
r008-statement-growth = “{ $found }” agrees with the table
r008-evidence = Both speak of: { $words }
r008-related = says “{ $other }”
