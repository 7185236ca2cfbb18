"""The tree of troubles: drawn as it is, and every status has its place."""

from __future__ import annotations

import re

import pytest

from akson_tui.journal import troubles
from akson_tui.journal.troubles import JournalTrouble, for_status
from akson_tui.model.trouble import Trouble


def drawn() -> list[tuple[int, str]]:
    lines = re.findall(r"^    ([│├└─\s]*)(\w+)", troubles.__doc__ or "", re.MULTILINE)
    return [(len(indent) // 4, name) for indent, name in lines]


def built(kind: type[JournalTrouble] = JournalTrouble, depth: int = 0) -> list[tuple[int, str]]:
    found = [(depth, kind.__name__)]
    for child in kind.__subclasses__():
        found += built(child, depth + 1)
    return found


def test_the_tree_is_as_it_is_drawn() -> None:
    assert drawn() == built()


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (300, Trouble.NOT_FHIR),
        (400, Trouble.INVALID),
        (401, Trouble.SIGN_IN),
        (403, Trouble.FORBIDDEN),
        (404, Trouble.NOT_FOUND),
        (405, Trouble.NOT_SUPPORTED),
        (409, Trouble.CONFLICT),
        (410, Trouble.GONE),
        (412, Trouble.CONFLICT),
        (413, Trouble.TOO_LARGE),
        (418, Trouble.INVALID),
        (422, Trouble.INVALID),
        (429, Trouble.BUSY),
        (500, Trouble.SERVER),
        (501, Trouble.NOT_SUPPORTED),
        (502, Trouble.NO_LINE),
        (503, Trouble.BUSY),
        (504, Trouble.NO_LINE),
        (599, Trouble.SERVER),
    ],
)
def test_every_status_is_a_trouble_that_all_storeys_know(status: int, trouble: Trouble) -> None:
    raised = for_status(status, "said", 5.0)
    assert (raised.trouble, raised.said, raised.retry_after, raised.status) == (trouble, "said", 5.0, status)
    assert "said" not in str(raised)
