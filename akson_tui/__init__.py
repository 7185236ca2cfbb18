"""akson-tui: a clinician's workstation in a terminal for the shared municipal patient journal."""
