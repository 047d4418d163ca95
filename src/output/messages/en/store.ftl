# The store of versions, and batches of files.

store-imported = { $file }: { $programme }, version { $version }: { $items } items, { $changed } changed, { $added } new, { $gone } gone
store-already = { $file }: { $programme } has this file already, as version { $version }
store-same = { $file }: { $programme }: says what version { $version } says; no further version
store-half = { $file }: the file has { $half ->
    [body] the body alone; the appendices stay
   *[appendices] the appendices alone; the body stays
} as the version before had it
store-column = { $column ->
    [programme] programme
    [version] version
    [versions] versions
    [imported] imported
    [number] number
    [date] date
    [items] items
    [changes] changes
    [file] file
    [term] term
    [locality] locality
    [uid] uid
    [kind] kind
    [label] number
    [due] due
   *[name] name
}
store-kind = { $kind ->
    [appendix] appendix
    [section] section
    [group] group
    [target] target
    [task] task
    [project] project
    [plan] plan
    [block] paragraph
   *[row] row
}
store-item = { $uid } ({ $kind }), { $programme }
store-item-of = split from { $uid }
store-label = , number { $label }
store-state-now = since version { $since }{ $label }
store-state-one = version { $since }{ $label }
store-state = versions { $since }–{ $until }{ $label }
store-field = {"    "}{ $field ->
    [name] name
    [lead] lead agency
    [coordinators] coordinating agencies
    [deadline] deadline
    [due] due
    [original_due] first due
    [unit] unit
    [funding] funding
    [kind] kind
    [product] product
    [class] class
    [location] location
    [size] size
    [scope] scope
    [note] note
   *[figure] figure
}: { $words }

ask-programme = { $file } does not say which programme it is a version of. Programmes in the store:
ask-choice = Type a number, or the id of a new programme (nothing: leave it):
ask-no-such = There is no such number.

error-store = the store { $store } cannot be used: { $reason }
error-store-missing = there is no store { $store } (cthd import and cthd batch make one)
error-store-unsure = { $file } does not say whose programme it is; use --programme ID (see cthd list)
error-store-several = { $file } may belong to several programmes: { $programmes }; use --programme ID
error-store-programme = the store has no programme { $programme }; see cthd list
error-store-version = programme { $programme } has no version { $version }
error-store-item = the store has no item { $uid }; see cthd list
error-store-encryption = sslmode={ $mode } cannot be had: use sslmode=require or verify-full (encrypted, with the certificate checked), or disable (not encrypted)
error-store-certificates = the certificates { $file } cannot be used: { $reason }
error-store-not-built = this program was built without PostgreSQL
error-batch-output = the result needs a place: -o FILE.ndjson or --store DB

batch-panicked = the program failed inside while reading this file
batch-file = { $file }: { $errors } errors, { $warnings } warnings, { $infos } infos
batch-other = { $file }: no document
batch-bad = { $file }: not read: { $reason }
batch-findings = { $count } findings
batch-files = { $count } files
batch-kept = { $kept } files were in the store already.
batch-summary = { $read } files read, { $bad } not read, { $other } no documents.
