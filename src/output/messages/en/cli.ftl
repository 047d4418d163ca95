# Words of the command line: help, mistakes of a call, failures.

help-usage = Usage:
help-commands = Commands:
help-arguments = Arguments:
help-options = Options:
help-help = Print this help
help-version = Print the version

help = Reads a Vietnamese action programme and its appendices into typed data, and audits its figures, dates, names and references
help-lang = Language of messages: vi or en (default from the locale, else vi)
help-grammars = Folder with grammar files that replace the embedded files of the same names
help-color = Colour: auto (default, on a terminal only), always, never

help-password = Password of an encrypted file
help-format-hint = Format of a file whose bytes do not tell it: text, html, docx, xlsx, xlsb, xls, ods, pdf, picture, doc, rtf, odt

help-check = Audit documents: each finding with the offending line and a marker under the exact words, the operands of a failed sum, and a summary of the checks that hold
help-check-files = Files to check; "-" is standard input
help-check-format = Output: text (default), json, sarif, github
help-check-select = Use these rules only: codes, names, or the letter of a family (A, N, …), separated by commas
help-check-ignore = Leave out these rules
help-check-fail-on = The lowest severity that ends the command with status 1: error (default), warning, info, never
help-check-baseline = A former JSON report; findings that it has are counted and not shown again

help-parse = Read a document into typed data (JSON)
help-parse-file = File to read; "-" is standard input
help-parse-output = File to write to (default: standard output)
help-parse-format = Output: json (default), ndjson (one node a line)
help-parse-compact = Write the JSON on one line

help-coverage = Prove that nothing is lost: every character is in exactly one node of the model, or set aside with a reason
help-coverage-file = File to read; "-" is standard input
help-coverage-format = Output: text (default), json

help-rules = List the rules
help-rules-format = Output: text (default), json

help-explain = Explain a rule
help-explain-rule = Code or name of a rule, such as A001 or row-total-mismatch

help-schema = Print the JSON Schema of the model or of the report
help-schema-of = document (default) or report

usage-argument = there is no option { $argument }; see cthd --help
usage-argument-meant = there is no option { $argument }; did you mean { $meant }?
usage-command = there is no command { $command }; see cthd --help
usage-command-meant = there is no command { $command }; did you mean { $meant }?
usage-value = { $argument } does not take "{ $value }"; it takes: { $valid }
usage-no-value = { $argument } needs a value
usage-missing = { $argument } is missing
usage-conflict = { $argument } cannot be used in this way

error-not-found = { $file } is not there
error-permission = no permission to read or write { $file }
error-directory = { $file } is a folder, not a file
error-not-a-directory = { $file } is not a folder
error-io = { $file } cannot be used: { $reason }
error-output = the output cannot be written: { $reason }
error-empty = { $file } is empty
error-too-large = { $file } has { $bytes } bytes; the limit is { $limit }
format-name =
    { $format ->
        [picture] picture
        [program] program
        [office] Word or Excel
       *[other] { $format }
    }
progress-recognising = recognising text, page
error-unsupported = { format-name } files are not read yet ({ $file }); save the document as DOCX, XLSX, PDF with a text layer, HTML or plain text (.txt) first
error-limit =
    { $bound ->
        [text] { $file } has more than { $limit } bytes of text, which is over the limit
        [cells] { $file } has more than { $limit } table cells, which is over the limit
        [paragraphs] { $file } has more than { $limit } paragraphs, which is over the limit
        [unpacked] { $file } unpacks to more than { $limit } bytes, which is over the limit
        [ratio] { $file } unpacks to more than { $limit } times its size, which is over the limit
        [entries] { $file } holds more than { $limit } files, which is over the limit
        [nesting] { $file } nests more than { $limit } levels deep, which is over the limit
        [sheets] { $file } has more than { $limit } sheets, which is over the limit
        [pages] { $file } has more than { $limit } pages, which is over the limit
        [glyphs] a page of { $file } has more than { $limit } glyphs, which is over the limit
        [objects] { $file } has more than { $limit } objects, which is over the limit
        [seconds] a page of { $file } takes more than { $limit } seconds, which is over the limit
       *[pixels] a picture of { $file } has more than { $limit } pixels, which is over the limit
    }
error-encrypted =
    { $format ->
        [office] { $file } (Word or Excel) is encrypted; open it in Word, Excel or LibreOffice and save a copy without a password
       *[other] { $file } ({ format-name }) is encrypted; give --password, or save a copy without a password
    }
error-damaged = { $file } ({ format-name }) is damaged: { $reason }
error-needs-program =
    { $program ->
        [tesseract] { $file } is a picture or a scan; recognising its text needs Tesseract (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)
        [tesseract-ocr-vie] Tesseract has no Vietnamese here to recognise { $file } (Debian, Ubuntu: apt install tesseract-ocr-vie)
        [pdftoppm] { $file } has scanned pages that pdftoppm must draw (Debian, Ubuntu: apt install poppler-utils)
        [soffice] reading { $file } ({ format-name }) needs LibreOffice (Debian, Ubuntu: apt install libreoffice-writer); or save it as DOCX
       *[other] reading { $file } ({ format-name }) needs the program { $program }
    }
error-program-failed = { $file } was not read: the program { $program } failed: { $reason }
error-binary = { $file } is not text: byte { $byte } at offset { $offset }
error-stdin-twice = standard input ("-") can be read only once
error-same-file = the output file { $file } is the file that is read
error-grammar-file = grammar file { $file }, line { $line }, column { $column }: { $reason }
error-grammars-none = the folder { $file } has no grammar file (.toml)
error-grammar-unknown = { $file } is not the name of a grammar file
error-baseline = { $file } is not a JSON report of cthd check: { $reason }
error-rule = there is no rule { $rule }; see cthd rules
error-rule-meant = there is no rule { $rule }; did you mean { $nearest }?
