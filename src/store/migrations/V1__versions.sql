-- The store of versions. The same text serves SQLite and PostgreSQL; docs/STORE.md explains it.
-- Decimals are text with their printed scale; the views give them as numbers too. Dates are text, ISO 8601.

CREATE TABLE programme (
    id TEXT PRIMARY KEY,
    match_key TEXT NOT NULL,
    title TEXT,
    issuer TEXT,
    locality TEXT,
    term_from BIGINT,
    term_to BIGINT
);
CREATE INDEX programme_match ON programme (match_key);

CREATE TABLE version (
    programme TEXT NOT NULL REFERENCES programme (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    document_number TEXT,
    document_date TEXT,
    imported_at TEXT NOT NULL,
    items BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    added BIGINT NOT NULL,
    gone BIGINT NOT NULL,
    file BYTEA NOT NULL,
    model BYTEA NOT NULL,
    PRIMARY KEY (programme, number),
    UNIQUE (programme, sha256)
);

CREATE TABLE item (
    uid TEXT PRIMARY KEY,
    programme TEXT NOT NULL REFERENCES programme (id),
    kind TEXT NOT NULL,
    first_version BIGINT NOT NULL,
    of_uid TEXT
);

-- What an item was from one version until another; until is NULL for what it is now.
CREATE TABLE state (
    uid TEXT NOT NULL REFERENCES item (uid),
    programme TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    kind TEXT NOT NULL,
    part TEXT NOT NULL,
    parent TEXT,
    appendix TEXT,
    position BIGINT NOT NULL,
    number TEXT,
    label TEXT,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    name_key TEXT NOT NULL,
    lead TEXT,
    lead_keys TEXT,
    coordinators TEXT,
    deadline TEXT,
    due_from TEXT,
    due TEXT,
    original_due TEXT,
    recurrence TEXT,
    unit TEXT,
    funding TEXT,
    location TEXT,
    note TEXT,
    digest TEXT NOT NULL,
    PRIMARY KEY (uid, since)
);
CREATE INDEX state_now ON state (programme, until, kind);
-- A hash, since names may be paragraphs, which an index does not take.
CREATE INDEX state_name ON state (programme, name_key);

-- Values of targets and amounts of projects, tasks and groups, in column order.
CREATE TABLE figure (
    uid TEXT NOT NULL,
    since BIGINT NOT NULL,
    position BIGINT NOT NULL,
    column_name TEXT,
    role TEXT,
    year_from BIGINT,
    year_to BIGINT,
    raw TEXT,
    relation TEXT NOT NULL,
    low TEXT,
    high TEXT,
    unit TEXT,
    PRIMARY KEY (uid, since, position)
);

CREATE TABLE finding (
    programme TEXT NOT NULL REFERENCES programme (id),
    fingerprint TEXT NOT NULL,
    occurrence BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    uid TEXT,
    place TEXT,
    PRIMARY KEY (programme, fingerprint, occurrence, since)
);
CREATE INDEX finding_now ON finding (programme, until);

CREATE VIEW current_tasks AS
SELECT s.programme, p.locality, s.uid, s.label, s.name, s.lead, s.lead_keys, s.coordinators, s.deadline, s.due_from, s.due,
       s.original_due, s.recurrence, s.funding, s.note, s.since
FROM state s JOIN programme p ON p.id = s.programme
WHERE s.kind = 'task' AND s.until IS NULL;

CREATE VIEW overdue_tasks AS
SELECT * FROM current_tasks WHERE due IS NOT NULL AND recurrence IS NULL AND due < CAST(CURRENT_DATE AS TEXT);

CREATE VIEW target_history AS
SELECT s.programme, s.uid, s.since, s.until, s.label, s.name, f.column_name AS period, f.raw, f.relation, f.low, f.high,
       s.unit, CAST(f.low AS NUMERIC) AS low_number, CAST(f.high AS NUMERIC) AS high_number
FROM state s JOIN figure f ON f.uid = s.uid AND f.since = s.since
WHERE s.kind = 'target';

CREATE VIEW project_capital_by_year AS
SELECT s.programme, s.uid, s.label, s.name, f.year_from AS year, f.low AS amount, CAST(f.low AS NUMERIC) AS amount_number,
       f.unit
FROM state s JOIN figure f ON f.uid = s.uid AND f.since = s.since
WHERE s.kind = 'project' AND s.until IS NULL AND f.role = 'year' AND f.relation = 'eq' AND f.year_from IS NOT NULL;

CREATE VIEW findings_open AS
SELECT f.programme, p.locality, f.code, f.name, f.severity, f.message, f.uid, f.place, f.since
FROM finding f JOIN programme p ON p.id = f.programme
WHERE f.until IS NULL;
