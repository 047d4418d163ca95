# Items that stand twice (D001-D003).

d001-message = The target “{ $name }” repeats target { $number }.
d001-message-near = The target “{ $name }” nearly repeats target { $number }.
d001-suggestion-values = The two give different values: { $first } and { $later }.
d002-message = The task “{ $name }” repeats task { $number }.
d002-message-near = The task “{ $name }” nearly repeats task { $number }.
d002-suggestion-leads = The two name different lead agencies: { $first } and { $later }.
d003-message = The project “{ $name }” repeats project { $number }.
d003-message-near = The project “{ $name }” nearly repeats project { $number }.
d003-evidence-place = The two rows name different places.

duplicates-evidence-order = The names hold the same words in another order.
duplicates-evidence-silent = The names differ only in joining words, the place's own name or punctuation.
duplicates-evidence-word = The names differ only in the word “{ $word }”.
duplicates-evidence-words = The names differ only in “{ $one }” and “{ $other }”.
