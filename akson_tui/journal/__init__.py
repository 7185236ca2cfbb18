"""Any FHIR R4 server over HTTP: one bounded client, its interactions, what the server can do, what can go wrong.

Nothing is imported here: `client` brings httpx only when the first request is made.
"""
