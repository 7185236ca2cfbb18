"""The encrypted files and the only SQL. All is reached through `files.Store`, which runs it in one worker thread."""
