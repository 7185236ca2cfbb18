-- What was fetched and can be fetched again. Instants are microseconds since 1970 UTC; 0 or '' is "none".

-- Goes up by one in each transaction that places entries; a list's snapshot is its value.
CREATE TABLE sequence (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    value INTEGER NOT NULL
) STRICT;
INSERT INTO sequence (one, value) VALUES (1, 1);

-- claim: how far back the list of entries is whole; epoch: the sequence since which claim only went back (claims.py).
CREATE TABLE person (
    pid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    claim INTEGER NOT NULL,
    epoch INTEGER NOT NULL
) STRICT;

-- All names that a person ever had: two who turned out to be one keep both.
CREATE TABLE person_name (
    name TEXT NOT NULL PRIMARY KEY,
    pid INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_name_pid ON person_name (pid);

-- A patient record, or the mere name of one (noun '') whose entries came first.
CREATE TABLE patient (
    prid INTEGER NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    pid INTEGER NOT NULL,
    noun TEXT NOT NULL,
    raw BLOB NOT NULL,
    fetched INTEGER NOT NULL,
    born_earliest INTEGER NOT NULL,
    born_latest INTEGER NOT NULL,
    sort_name TEXT NOT NULL,
    UNIQUE (source, id)
) STRICT;
CREATE INDEX patient_pid ON patient (pid);
CREATE INDEX patient_born ON patient (born_earliest, born_latest);

CREATE TABLE patient_identifier (
    value TEXT NOT NULL,
    system TEXT NOT NULL,
    prid INTEGER NOT NULL,
    joins INTEGER NOT NULL,
    PRIMARY KEY (value, system, prid)
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_identifier_prid ON patient_identifier (prid);

CREATE TABLE patient_link (
    prid INTEGER NOT NULL,
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (prid, source, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_link_target ON patient_link (source, id);

CREATE TABLE patient_word (
    word TEXT NOT NULL,
    prid INTEGER NOT NULL,
    PRIMARY KEY (word, prid)
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_word_prid ON patient_word (prid);

-- One row per resource that was read, its number never used again: former placings outlive it. prid is 0 where it is about nobody (Practitioner …).
CREATE TABLE resource (
    rid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    updated INTEGER NOT NULL,
    fetched INTEGER NOT NULL,
    prid INTEGER NOT NULL,
    UNIQUE (source, type, id)
) STRICT;
CREATE INDEX resource_prid ON resource (prid, type);
CREATE INDEX resource_bare ON resource (rid) WHERE version = '' AND updated = 0;

-- The bytes as they came, apart from the rows that lists go through.
CREATE TABLE body (
    rid INTEGER NOT NULL PRIMARY KEY,
    raw BLOB NOT NULL
) STRICT;

CREATE VIEW held_body AS
SELECT resource.rid, patient.pid, resource.source, resource.type, resource.id, resource.version,
    patient.source AS patient_source, patient.id AS patient_id, body.raw, resource.fetched
FROM resource JOIN body ON body.rid = resource.rid LEFT JOIN patient ON patient.prid = resource.prid;

-- What a row of the timeline shows, as it is now.
CREATE TABLE entry (
    rid INTEGER NOT NULL PRIMARY KEY,
    noun TEXT NOT NULL,
    replaces TEXT NOT NULL,
    appends TEXT NOT NULL
) STRICT;
CREATE INDEX entry_replaces ON entry (replaces) WHERE replaces != '';
CREATE INDEX entry_appends ON entry (appends) WHERE appends != '';

-- Where an entry stands in the list, for the snapshots from since to before gone (claims.py); never changed, but added.
-- news: new to whoever looked before this.
CREATE TABLE placing (
    eid INTEGER NOT NULL PRIMARY KEY,
    rid INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    tie TEXT NOT NULL,
    since INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    author TEXT NOT NULL,
    news INTEGER NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL
) STRICT;
CREATE INDEX placing_order ON placing (pid, sort, tie, since, gone, kind, service, author, rid);
CREATE INDEX placing_rid ON placing (rid);
CREATE INDEX placing_gone ON placing (gone) WHERE gone != 0;
CREATE INDEX placing_news ON placing (pid, news);
CREATE INDEX placing_title ON placing (pid, type, title, sort, gone, rid);

CREATE TABLE folded (
    eid INTEGER NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE folded_index USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE fetch (
    key TEXT NOT NULL PRIMARY KEY,
    noun TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id TEXT NOT NULL PRIMARY KEY,
    noun TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clinician (
    user TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    noun TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
    user TEXT NOT NULL,
    day TEXT NOT NULL,
    place INTEGER NOT NULL,
    noun TEXT NOT NULL,
    raw BLOB NOT NULL,
    patient_source TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    PRIMARY KEY (user, day, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_day ON round (day, patient_source, patient_id);
