-- What nobody else has: drafts, outbox, marks, log. Instants are microseconds since 1970 UTC; 0 or '' is "none".

CREATE TABLE draft (
    id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    patient TEXT NOT NULL,
    saved INTEGER NOT NULL,
    noun TEXT NOT NULL
) STRICT;
CREATE INDEX draft_patient ON draft (patient);

-- number: the order of signing. shown: the entry as the timeline shows it. search: its text, folded.
CREATE TABLE act (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    person TEXT NOT NULL,
    patient TEXT NOT NULL,
    label TEXT NOT NULL,
    signed INTEGER NOT NULL,
    draft BLOB NOT NULL,
    shown TEXT NOT NULL,
    search TEXT NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    due INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    said TEXT NOT NULL
) STRICT;
CREATE INDEX act_person ON act (person);
CREATE INDEX act_patient ON act (patient);
CREATE INDEX act_state ON act (state, number);

CREATE TABLE part (
    act INTEGER NOT NULL,
    place INTEGER NOT NULL,
    full_url TEXT NOT NULL,
    type TEXT NOT NULL,
    method TEXT NOT NULL,
    body BLOB NOT NULL,
    id_system TEXT NOT NULL,
    id_value TEXT NOT NULL,
    target TEXT NOT NULL,
    done TEXT NOT NULL,
    PRIMARY KEY (act, place)
) STRICT, WITHOUT ROWID;

-- act may not be sent before needs is; refers: its bodies name the other by urn, so it can never go without it.
CREATE TABLE act_need (
    act INTEGER NOT NULL,
    needs INTEGER NOT NULL,
    refers INTEGER NOT NULL,
    PRIMARY KEY (act, needs)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
    person TEXT NOT NULL PRIMARY KEY,
    looked INTEGER NOT NULL,
    opened INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    hpr TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    person TEXT NOT NULL,
    patient TEXT NOT NULL,
    act TEXT NOT NULL,
    ground TEXT NOT NULL
) STRICT;
CREATE INDEX audit_patient ON audit (patient, id);
CREATE INDEX audit_person ON audit (person, id);

CREATE TABLE memory (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    holder TEXT NOT NULL,
    process INTEGER NOT NULL
) STRICT;
INSERT INTO lease (one, holder, process) VALUES (1, '', 0);
