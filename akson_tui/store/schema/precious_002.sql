-- Short random names of patient records, for who works by commands; kept until they are forgotten.
CREATE TABLE handle (
    name TEXT NOT NULL PRIMARY KEY,
    patient TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX handle_patient ON handle (patient);
