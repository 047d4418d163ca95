# What a user of a file must be told about it. `detail` is a name, a number or words of the file.

notice-line = about this file: { $notice }
notice-at = { $place }: { $notice }
notice-hidden-sheet = the sheet “{ $detail }” is hidden; it was read
notice-hidden-rows = hidden rows ({ $detail }); they were read
notice-hidden-columns = hidden columns ({ $detail }); they were read
notice-hidden-text = hidden text at { $detail } places; it was read
notice-inserted = tracked changes: { $detail } insertions, read as the document's text
notice-deleted = tracked changes: { $detail } deletions, set aside and not part of the document
notice-typed-over = numbers typed between cells with formulas: { $detail }
notice-formula-without-value = formulas without a stored value: { $detail }
notice-stale-value = sums whose stored value is not what their formula gives: { $detail }
notice-error-value = formulas that give an error: { $detail }
notice-no-letters = the font { $detail } does not say which letters its glyphs are; text in it could not be read
notice-page-without-text = page { $detail } has no text (it may be a scan)
notice-recognised = text recognised from pictures: pages { $detail }; compare it with the original
notice-damaged = a part that is damaged and was not read: { $detail }
notice-picture = a picture that was not read: { $detail }
