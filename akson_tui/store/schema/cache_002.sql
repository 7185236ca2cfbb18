-- What a thing is called wherever it is kept (an identifier, a Provenance), digested: two sources with one key have one
-- thing twice (twins.py). A key belongs to a placing, so that a list that is open sees what it saw.
CREATE TABLE twin_key (
    key BLOB NOT NULL,
    source TEXT NOT NULL,
    eid INTEGER NOT NULL,
    rid INTEGER NOT NULL,
    PRIMARY KEY (key, source, eid)
) STRICT, WITHOUT ROWID;
CREATE INDEX twin_key_eid ON twin_key (eid);
CREATE INDEX twin_key_rid ON twin_key (rid);
