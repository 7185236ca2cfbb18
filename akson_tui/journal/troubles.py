"""What can go wrong between us and a journal: one tree, which every caller may catch at the branch that it can act on.

The texts of these exceptions hold no data: what the server said stands in `said`, which is shown safely, never logged.

    JournalTrouble
    ├── LineTrouble          nothing of use came back; it may pass by itself
    │   ├── NoLine           it broke before the answer was whole, or a gateway found nobody (502, 504)
    │   │   └── NoConnection no connection was made: nothing left this machine
    │   ├── TookTooLong      the deadline for the whole request passed
    │   └── Busy             429, 503: asked to wait
    ├── NotLetIn             the server answers, but not to us; a person must act
    │   ├── NotSignedIn      401
    │   └── NotAllowed       403
    ├── NotDone              the server answered about this very request; asking again changes nothing
    │   ├── NotFound         404
    │   ├── Gone             410
    │   ├── Conflict         409, 412: somebody else changed it first
    │   ├── Invalid          400, 422 and other 4xx
    │   ├── NotSupported     405, 406, 415, 501
    │   └── ServerFailed     500 and other 5xx
    └── Unusable             something answered that we cannot or will not read
        ├── NotFhir          no FHIR JSON, a redirect to elsewhere, an encoding we did not ask for
        └── TooLarge         more bytes than we accept (or 413: than the server accepts)
"""

from __future__ import annotations

from akson_tui.model.trouble import Trouble


class JournalTrouble(Exception):
    """`trouble` names it for every storey, `said` is in the server's words (cut), `retry_after` in seconds."""

    trouble: Trouble = Trouble.SERVER

    def __init__(self, status: int = 0, said: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{self.trouble.value} (HTTP {status})" if status else self.trouble.value)
        self.status = status
        self.said = said
        self.retry_after = retry_after


class LineTrouble(JournalTrouble):
    """Nothing of use came back; it may pass by itself."""

    trouble = Trouble.NO_LINE


class NoLine(LineTrouble):
    """The connection broke before the answer was whole, or a gateway found nobody."""


class NoConnection(NoLine):
    """No connection was made: nothing left this machine."""


class TookTooLong(LineTrouble):
    """The deadline for the whole request passed."""

    trouble = Trouble.TIMEOUT


class Busy(LineTrouble):
    """The server asks us to wait."""

    trouble = Trouble.BUSY


class NotLetIn(JournalTrouble):
    """The server answers, but not to us."""

    trouble = Trouble.FORBIDDEN


class NotSignedIn(NotLetIn):
    """401."""

    trouble = Trouble.SIGN_IN


class NotAllowed(NotLetIn):
    """403."""


class NotDone(JournalTrouble):
    """The server answered about this very request; asking again changes nothing."""

    trouble = Trouble.INVALID


class NotFound(NotDone):
    """404."""

    trouble = Trouble.NOT_FOUND


class Gone(NotDone):
    """410."""

    trouble = Trouble.GONE


class Conflict(NotDone):
    """409 or 412."""

    trouble = Trouble.CONFLICT


class Invalid(NotDone):
    """400, 422 and other 4xx."""


class NotSupported(NotDone):
    """405, 406, 415, 501: the server lacks what was asked for."""

    trouble = Trouble.NOT_SUPPORTED


class ServerFailed(NotDone):
    """500 and other 5xx."""

    trouble = Trouble.SERVER


class Unusable(JournalTrouble):
    """Something answered that we cannot or will not read."""

    trouble = Trouble.NOT_FHIR


class NotFhir(Unusable):
    """No FHIR JSON came."""


class TooLarge(Unusable):
    """More bytes than we accept, or than the server accepts."""

    trouble = Trouble.TOO_LARGE


BY_STATUS: dict[int, type[JournalTrouble]] = {
    400: Invalid,
    401: NotSignedIn,
    403: NotAllowed,
    404: NotFound,
    405: NotSupported,
    406: NotSupported,
    408: TookTooLong,
    409: Conflict,
    410: Gone,
    412: Conflict,
    413: TooLarge,
    415: NotSupported,
    422: Invalid,
    425: Busy,
    429: Busy,
    501: NotSupported,
    502: NoLine,
    503: Busy,
    504: NoLine,
}


def for_status(status: int, said: str = "", retry_after: float | None = None) -> JournalTrouble:
    """The trouble that an HTTP status of 300 or more stands for; also of one entry in a batch's answer."""
    kind = BY_STATUS.get(status)
    if kind is None:
        kind = ServerFailed if status >= 500 else Invalid if status >= 400 else NotFhir
    return kind(status, said, retry_after)
