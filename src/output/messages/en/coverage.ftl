# Words of `cthd coverage`.

coverage-whole = { $file }: all { $total } characters are there.
coverage-not-whole = { $file }: NOT whole: of { $total } characters { $missing } are missing and { $doubled } are owned twice; { $altered } nodes differ from their place.
coverage-owned = Owned by nodes of the model: { $count } characters
coverage-set-aside = Set aside: { $count } characters
coverage-unplaced = Unplaced: { $count } characters
coverage-missing = Missing:
coverage-doubled = Owned twice:
coverage-altered = Different from their place:
coverage-more = … and { $count } more (see --format json)

kind-title = title
kind-block = paragraphs and list items
kind-heading = headings
kind-caption = captions of appendices
kind-issued-with = "issued with" lines
kind-header-cell = header cells
kind-cell = cells
kind-recipients = recipients
kind-signature = signature
kind-unplaced = unplaced
kind-set-aside = set aside

aside-repeated-header = table header printed again on the next page
aside-formula-index = row of column numbers
aside-page-number = page number
aside-running-head = line that every page repeats
aside-footnote = footnotes
aside-comment = editors' remarks
aside-scratch = cells beside a table
aside-sheet-name = names of sheets
aside-stamp = stamps of digital signatures
aside-markup = markup
aside-repeated-tail = tail printed again where a row goes over a page
aside-deleted = deleted text
aside-struck = text struck through
aside-hidden = hidden text
aside-nested = tables inside cells
aside-invisible = invisible characters
aside-ornament = rules and ornaments
