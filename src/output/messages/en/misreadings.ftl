# Misread words, letters of other alphabets (X…).

x001-message = “{ $words }” is probably misread or mistyped
x001-suggestion = Probably “{ $right }”
x001-evidence-listed = The word is often misread this way
x001-evidence-phrase = “{ $right }” is a usual phrase; what is written is none
x001-evidence-document = The document writes “{ $right }” in { $count } other places
x001-evidence-syllable = Vietnamese has no such syllable

x002-message = “{ $letter }” ({ $code }) is of another alphabet and only looks like the Vietnamese “{ $right }”
x002-many = “{ $letter }” ({ $code }) is of another alphabet and only looks like the Vietnamese “{ $right }”; it stands in { $count } places
x002-place = look-alike letter
x002-suggestion = Type “{ $right }” again with a Vietnamese keyboard; otherwise searches and comparisons miss the word

x003-message = { $count } lines write their accents apart (combining marks); the data is composed (NFC)

x004-message = Two ways of placing tone marks: { $rare } ({ $rare_count } times) and { $usual } ({ $usual_count } times)

x005-message = The text was in the old encoding { $encoding }; it was read as Vietnamese (lines: { $count })
x005-unread = The text was in the old encoding { $encoding }; it was read as Vietnamese (lines: { $count }), but for the bytes { $bytes }, which have no letter
x005-lacking = { $encoding } has no { $letters }
x005-lacking-many = { $encoding } lacks { $count } letters ({ $letters } …): they were lost or written as others before the file came here
x005-suggestion = Convert the file to Unicode (UTF-8)
x005-suggestion-check = Convert the file to Unicode (UTF-8) and check by hand the letters that were lost

x006-message = “{ $words }” was recognised from a picture and is not sure (confidence { $confidence }%)
x006-unread = The cell has ink that could not be read
x006-readings = Read another way: { $readings }.
x006-closes = The sum that it is in closes.
x006-suggestion = As “{ $reading }” every sum with this figure closes; compare it with the original
reading-evidence = Words recognised from a picture are not sure, so the severity is one step lower.
