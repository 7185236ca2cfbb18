"""Why the line or the journal did not do what was asked: a short closed list that every storey and language knows."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    NO_LINE = "no-line"
    """No connection, or it broke before an answer."""
    TIMEOUT = "timeout"
    SIGN_IN = "sign-in"
    """401: not signed in, or the sign-in has run out."""
    FORBIDDEN = "forbidden"
    """403: signed in, but not allowed."""
    NOT_FOUND = "not-found"
    GONE = "gone"
    CONFLICT = "conflict"
    """409 or 412: somebody else changed it first."""
    INVALID = "invalid"
    """400 or 422: the journal does not accept what was sent."""
    BUSY = "busy"
    """429 or 503: asked to wait."""
    SERVER = "server"
    """5xx."""
    NOT_SUPPORTED = "not-supported"
    """The server lacks what was asked for."""
    TOO_LARGE = "too-large"
    NOT_FHIR = "not-fhir"
    """An answer that is not FHIR R4 JSON."""
    WRONG_PATIENT = "wrong-patient"
    """The server answered with somebody else's data; none of it was kept."""
    FULL_DISK = "full-disk"


WORTH_RETRYING = frozenset({Trouble.NO_LINE, Trouble.TIMEOUT, Trouble.BUSY, Trouble.SERVER})
"""Troubles that may pass by themselves; the others wait for a person."""
