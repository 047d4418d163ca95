-- Further words of an item, what kind of deadline it has, what money is counted in, and files that say what a version says.

ALTER TABLE state ADD COLUMN deadline_kind TEXT;
ALTER TABLE state ADD COLUMN product TEXT;
ALTER TABLE state ADD COLUMN class TEXT;
ALTER TABLE state ADD COLUMN size TEXT;
ALTER TABLE state ADD COLUMN scope TEXT;

-- "VND" and "1000000" for a column in "triệu đồng".
ALTER TABLE figure ADD COLUMN base TEXT;
ALTER TABLE figure ADD COLUMN factor TEXT;

CREATE TABLE same_file (
    programme TEXT NOT NULL REFERENCES programme (id),
    number BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (programme, sha256)
);

DROP VIEW overdue_tasks;
DROP VIEW current_tasks;
DROP VIEW target_history;
DROP VIEW project_capital_by_year;

CREATE VIEW current_tasks AS
SELECT s.programme, p.locality, s.uid, s.label, s.name, s.lead, s.lead_keys, s.coordinators, s.deadline, s.due_from, s.due,
       s.original_due, s.recurrence, s.funding, s.note, s.since, s.deadline_kind, s.product
FROM state s JOIN programme p ON p.id = s.programme
WHERE s.kind = 'task' AND s.until IS NULL;

-- What is done, what goes on all the time and what comes again is not overdue.
CREATE VIEW overdue_tasks AS
SELECT * FROM current_tasks
WHERE due IS NOT NULL AND recurrence IS NULL AND COALESCE(deadline_kind, '') NOT IN ('done', 'ongoing')
  AND due < CAST(CURRENT_DATE AS TEXT);

CREATE VIEW target_history AS
SELECT s.programme, s.uid, s.since, s.until, s.label, s.name, f.column_name AS period, f.raw, f.relation, f.low, f.high,
       s.unit, CAST(f.low AS NUMERIC) AS low_number, CAST(f.high AS NUMERIC) AS high_number
FROM state s JOIN figure f ON f.uid = s.uid AND f.since = s.since
WHERE s.kind = 'target' AND f.raw IS NOT NULL;

-- Programmes differ in the units that they count in; amount_base is in whole ones of what `base` names, as a rule VND.
CREATE VIEW project_capital_by_year AS
SELECT s.programme, s.uid, s.label, s.name, f.year_from AS year, f.low AS amount, CAST(f.low AS NUMERIC) AS amount_number,
       f.unit, f.base, ROUND(CAST(f.low AS NUMERIC) * CAST(f.factor AS NUMERIC), 2) AS amount_base
FROM state s JOIN figure f ON f.uid = s.uid AND f.since = s.since
WHERE s.kind = 'project' AND s.until IS NULL AND f.role = 'year' AND f.relation = 'eq' AND f.year_from IS NOT NULL
  AND f.year_to = f.year_from;
