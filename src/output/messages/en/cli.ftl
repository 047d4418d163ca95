# Words of the command line: help, mistakes of a call, failures.

help-usage = Usage:
help-commands = Commands:
help-arguments = Arguments:
help-options = Options:
help-help = Print this help
help-version = Print the version

value-address = ADDRESS
value-code = CODE
value-codes = CODES
value-command = COMMAND
value-db = DB
value-dir = DIR
value-file = FILE
value-format = FORMAT
value-id = ID
value-kind = KIND
value-mb = MB
value-new = NEW
value-old = OLD
value-out = OUT
value-password = PASSWORD
value-seconds = SECONDS
value-table = TABLE
value-uid = UID
value-words = WORDS

help-any-options = [OPTIONS]
help-any-command = [COMMAND]

manual-name = NAME
manual-synopsis = SYNOPSIS
manual-description = DESCRIPTION
manual-options = OPTIONS
manual-subcommands = SUBCOMMANDS
manual-version = VERSION

help = Reads a Vietnamese action programme and its appendices into typed data, and audits its figures, dates, names and references
help-lang = Language of messages: vi or en (default from the locale, else vi)
help-grammars = Folder with grammar files that replace the embedded files of the same names
help-color = Colour: auto (default, on a terminal only), always, never

help-password = Password of an encrypted file
help-format-hint = Format of a file whose bytes do not tell it: text, html, docx, xlsx, xlsb, xls, ods, pdf, picture, doc, rtf, odt

help-check = Audit documents: each finding with the offending line and a marker under the exact words, the operands of a failed sum, and a summary of the checks that hold
help-check-files = Files to check; "-" is standard input
help-check-format = Output: text (default), json, sarif, github, junit
help-check-select = Use these rules only: codes, names, or the letter of a family (A, N, …), separated by commas
help-check-ignore = Leave out these rules
help-check-fail-on = The lowest severity that ends the command with status 1: error (default), warning, info, never
help-check-store = Audit the present version of the programmes in this store
help-check-programme = This programme alone
help-check-at-version = Which version (default: the last)
help-check-baseline = A former JSON report; findings that it has are counted and not shown again
help-check-quiet = Print the findings alone, without the summary

help-parse = Read a document into typed data (JSON)
help-parse-file = File to read; "-" is standard input
help-parse-output = File to write to (default: standard output)
help-parse-format = Output: json (default), ndjson (one node a line)
help-parse-compact = Write the JSON on one line

help-diff = Compare two versions of a programme: what is new, gone, moved, renumbered, changed by field; totals with the rows that changed them; new findings
help-diff-old = Old version; "-" is standard input
help-diff-new = New version
help-diff-format = Output: text (default), json, html (side by side)
help-diff-why = Give the evidence for each pair and how sure it is
help-diff-exit-code = End with status 1 where the versions differ

help-batch = Read and audit many files; a bad file is reported and never stops the rest; called again, it goes on with what is left
help-batch-folders = Folders (with those inside) or files
help-batch-output = Result: .ndjson, one line of JSON a document; or .parquet, one row a finding
help-batch-store = Straight into a store of versions: an SQLite file or postgres://…
help-batch-programme = Id of the programme of all files, where the documents do not tell it
help-batch-findings-only = Write the findings alone, without the models

help-import = Store versions of programmes: recognises the programme, keeps the identity of each item through its versions
help-import-files = Files, old versions first; "-" is standard input
help-import-store = The store: an SQLite file (made where there is none) or postgres://…
help-import-programme = Id of the programme, where the document does not tell it, or to name a new one

help-log = List the versions in a store
help-log-store = The store: an SQLite file or postgres://…
help-log-programme = Those of this programme alone
help-log-format = Output: text (default), json

help-show = An item through its versions: name, agency, first and present deadline, figures
help-show-uid = The item's identity (see cthd list)
help-show-store = The store: an SQLite file or postgres://…
help-show-format = Output: text (default), json

help-list = List the programmes of a store; with --programme, --kind or --find the items as they are now
help-list-store = The store: an SQLite file or postgres://…
help-list-programme = Those of this programme alone
help-list-kind = This kind alone: task, target, project, plan, group, section, block, appendix, row
help-list-find = Items with these words in their names, whatever the diacritics
help-list-format = Output: text (default), json

help-export = Export the document itself with notes in it (annotated), or the data and the findings as tables: a workbook (xlsx) that adds up again and has a note on each cell, or flat tables (csv, ndjson, parquet)
help-export-file = File to read; "-" is standard input
help-export-store = The store: export a version that it keeps, in place of a file
help-export-programme = Id of the programme in the store
help-export-at-version = Which version (default: the last)
help-export-to = Format: annotated (the document itself with notes in place: a Word, Excel or PDF file stays as it is and gets comments, any other becomes an HTML page), xlsx, csv, ndjson, parquet
help-export-output = File to write to; for csv and parquet a folder with a file for each table; standard output where it is left out
help-export-table = One table only: targets, tasks, projects, amounts, plans, sections, findings, checks, operands
help-export-baseline = A former JSON report; findings that it has are marked

help-report = The report as one HTML page: tables as printed, findings on their cells, sums that open to their operands, charts; no network needed
help-report-file = File to read; "-" is standard input
help-report-output = HTML file to write (standard output where it is left out)
help-report-baseline = A former JSON report; findings that it has are marked

help-coverage = Prove that nothing is lost: every character is in exactly one node of the model, or set aside with a reason
help-coverage-file = File to read; "-" is standard input
help-coverage-format = Output: text (default), json

help-rules = List the rules
help-rules-format = Output: text (default), json

help-explain = Explain a rule
help-explain-rule = Code or name of a rule, such as A001 or row-total-mismatch

help-schema = Print the JSON Schema of the model, of the report or of differences
help-schema-of = document (default), report or diff

help-completions = Print a script that completes the commands in a shell
help-completions-shell = bash, elvish, fish, powershell or zsh

help-man = Print the manual page of the program or of a command
help-man-of = Name of a command, such as check

help-serve = Open a page on this machine to drop files on; no file leaves the machine
help-serve-port = Port (8642 by default; 0 takes any that is free)
help-serve-host = Address (127.0.0.1 by default, which this machine alone can reach)
help-serve-time-limit = Most seconds that a request may take (120 by default)
help-serve-memory-limit = Most memory for reading a file, in MB (2048 by default)
help-serve-answer = How the program starts itself to read a file

usage-argument = there is no option { $argument }; see cthd --help
usage-argument-meant = there is no option { $argument }; did you mean { $meant }?
usage-command = there is no command { $command }; see cthd --help
usage-command-meant = there is no command { $command }; did you mean { $meant }?
usage-value = { $argument } does not take "{ $value }"; it takes: { $valid }
usage-value-bad = { $argument } does not take "{ $value }"
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
error-wrong-password = The given password does not open { $file } ({ format-name })
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
error-export-output = name a place to write to with -o; only csv of one table (--table) and ndjson go to standard output
error-annotated-name = the annotated copy of this file is a .{ $extension } file; name it so after -o
error-annotated-page = { $because } Name it .{ $extension } after -o
error-suppressions = file { $file }, line { $line }, column { $column }: { $reason }
error-serve = cannot listen at { $address }: { $reason }
