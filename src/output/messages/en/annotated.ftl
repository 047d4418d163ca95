# The user's own document with the findings in it.

annotated-word = annotated
annotated-suggestion = Suggestion: { $suggestion }
annotated-related = See also { $place }: { $label }
annotated-counts = { $errors } errors, { $warnings } warnings, { $infos } infos
