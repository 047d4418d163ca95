# The user's own document with the findings in it.

annotated-word = annotated
annotated-suggestion = Suggestion: { $suggestion }
annotated-related = See also { $place }: { $label }
annotated-sealed = The file is locked with a password, so that no notes can be put into it; they are on this page.
annotated-unwritable = The file is damaged or unusual, so that no notes can be put into it; they are on this page.
annotated-counts = { $errors } errors, { $warnings } warnings, { $infos } infos
