"""A journal API of its own (FHIR R4) with an invented municipality; shares no code with the rest of the program.

Started as a process (`python -m akson_tui.sandbox`): nothing of akson_tui imports it, and it imports nothing of that.
"""
