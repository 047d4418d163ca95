# What a user of a file must be told about it. `detail` is a name, a number or words of the file.

notice-line = about this file: { $notice }
notice-at = { $place }: { $notice }
notice-hidden-sheet = the sheet “{ $detail }” is hidden; it was read
notice-hidden-sheet-apart = the sheet “{ $detail }” is hidden and no appendix; it was set aside and is not part of the text
notice-hidden-rows-apart = hidden rows ({ $detail }) that the totals leave out; they were set aside and are not part of the table
notice-hidden-rows = hidden rows ({ $detail }); they were read
notice-hidden-columns = hidden columns ({ $detail }); they were read
notice-hidden-text = hidden text at { $detail } places, set aside and not part of the text
notice-struck = text struck through at { $detail } places, set aside and not part of the text
notice-inserted = tracked changes: { $detail } insertions, read as the document's text
notice-deleted = tracked changes: { $detail } deletions, set aside and not part of the document
notice-typed-over = numbers typed between cells with formulas: { $detail }
notice-formula-without-value = formulas without a stored value: { $detail }
notice-calculated = formulas without a stored value; these values were worked out: { $detail }
notice-stale-value = sums whose stored value is not what their formula gives: { $detail }
notice-error-value = formulas that give an error: { $detail }
notice-no-letters = the font { $detail } does not say which letters its glyphs are; text in it could not be read
notice-page-without-text = page { $detail } has no text (it may be a scan)
notice-recognised = text recognised from pictures: pages { $detail }; compare it with the original
notice-damaged = a part that is damaged and was not read: { $detail }
notice-nested-table = tables inside cells: { $detail }, set aside and not part of their cells
notice-picture = a picture that was not read: { $detail }
