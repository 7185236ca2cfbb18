-- The sandbox's store. Nothing is ever changed but version.until: a version and its index rows stay for good, so that
-- a search can be asked as of any sequence number and its pages stand still while others write.
CREATE TABLE IF NOT EXISTS setting (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS version (
  seq INTEGER PRIMARY KEY NOT NULL,     -- the order in which things were written
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,              -- meta.versionId
  updated INTEGER NOT NULL,             -- meta.lastUpdated, ms since 1970; the same for all of one transaction, and rising
  until INTEGER NOT NULL,               -- the seq of the version that replaced this one, or a number beyond all
  deleted INTEGER NOT NULL,
  method TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS version_id ON version (type, id, number);
CREATE INDEX IF NOT EXISTS version_updated ON version (type, updated);

CREATE TABLE IF NOT EXISTS body (
  seq INTEGER PRIMARY KEY NOT NULL,
  bytes BLOB NOT NULL                   -- as received, but for id and meta
) STRICT;

CREATE TABLE IF NOT EXISTS parameter (
  pid INTEGER PRIMARY KEY NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (type, name)
) STRICT;

CREATE TABLE IF NOT EXISTS token (
  pid INTEGER NOT NULL,
  value TEXT NOT NULL,
  seq INTEGER NOT NULL,
  system TEXT NOT NULL,
  PRIMARY KEY (pid, value, seq, system)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS word (
  pid INTEGER NOT NULL,
  value TEXT NOT NULL,                  -- folded; whole and as written where the parameter is NAME:exact
  seq INTEGER NOT NULL,
  PRIMARY KEY (pid, value, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS word_seq ON word (seq, pid, value);

CREATE TABLE IF NOT EXISTS moment (
  seq INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  low INTEGER NOT NULL,                 -- [low, high) in ms
  high INTEGER NOT NULL,
  PRIMARY KEY (seq, pid, low, high)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moment_value ON moment (pid, low, high, seq);

CREATE TABLE IF NOT EXISTS link (
  pid INTEGER NOT NULL,
  target TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (pid, target, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_seq ON link (seq, pid, target);

CREATE TABLE IF NOT EXISTS amount (
  pid INTEGER NOT NULL,
  low REAL NOT NULL,                    -- [low, high]
  high REAL NOT NULL,
  seq INTEGER NOT NULL,
  system TEXT NOT NULL,
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (pid, low, high, seq, system, code, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS amount_seq ON amount (seq, pid);
