-- What a change was made from, so that it can be made again on what somebody else wrote meanwhile; '' for none.
ALTER TABLE part ADD COLUMN base BLOB NOT NULL DEFAULT x'';
