"""What goes wrong, as HTTP status and OperationOutcome: every error of this server is a `Trouble`.

A text here is sent to whoever asked: it names elements and parameters, never values of a stored resource.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# The issue type that FHIR has for each status that is used here.
CODES: Mapping[int, str] = {
    400: "invalid",
    401: "login",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    409: "conflict",
    410: "deleted",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    500: "exception",
    503: "transient",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong, and the FHIRPath of the element it concerns."""

    text: str
    code: str = "invalid"
    expression: str = ""
    severity: str = "error"

    def as_json(self) -> dict[str, Any]:
        """The issue as an OperationOutcome holds it."""
        made: dict[str, Any] = {"severity": self.severity, "code": self.code, "diagnostics": self.text}
        if self.expression:
            made["expression"] = [self.expression]
        return made


@dataclass
class Trouble(Exception):
    """A request that is answered with an error: `status` is the HTTP status, `issues` what is told."""

    status: int
    text: str = ""
    issues: Sequence[Issue] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.status, self.text)
        if not self.issues:
            self.issues = (Issue(self.text, CODES[self.status]),)

    def __str__(self) -> str:
        return "; ".join(
            f"{issue.expression}: {issue.text}" if issue.expression else issue.text for issue in self.issues
        )


def outcome(issues: Sequence[Issue]) -> dict[str, Any]:
    """An OperationOutcome of these issues."""
    return {"resourceType": "OperationOutcome", "issue": [issue.as_json() for issue in issues]}


def outcome_bytes(issues: Sequence[Issue]) -> bytes:
    """The same, as it goes on the wire."""
    return json.dumps(outcome(issues), ensure_ascii=False).encode("utf-8", "replace")
