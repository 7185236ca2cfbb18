"""Settings: what was configured, where things lie."""
