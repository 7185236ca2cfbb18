"""The clinician's nouns: frozen, without I/O, without FHIR's words for them."""
