"""The tables of docs/fhir.md, made from the rows that the program and the journeys go by.

`python -m tests.tools.fhir_page` writes them anew between their marks; a test says where they differ.
"""

from __future__ import annotations

from pathlib import Path

from akson_tui.journal.capability import ROWS, Row
from akson_tui.sandbox.servers import all_servers
from akson_tui.screens import words
from tests.journeys.personalities import PERSONALITIES

PAGE = Path(__file__).parents[2] / "docs" / "fhir.md"
TAKEN_FOR = {True: "tried, and learned", False: "not counted on"}


def abilities() -> list[str]:
    """What a server may lack, what is done instead, what a clinician is told."""
    lines = ["| without | until it is known | what is done instead | told beside the state of the line |"]
    lines.append("| --- | --- | --- | --- |")
    lines += [f"| {row.ability} | {TAKEN_FOR[row.unknown]} | {row.instead} | {_told(row)} |" for row in ROWS.values()]
    return lines


def _told(row: Row) -> str:
    return f"*{words.LACKS[row.tells]}*" if row.tells is not None else "nothing: all is as it would be"


def personalities() -> list[str]:
    """What each of the sandbox's servers lacks, and what a nurse saw of it in the journey."""
    servers = all_servers()
    lines = ["| `--as-server` | what it is | what a nurse saw |", "| --- | --- | --- |"]
    for one in PERSONALITIES:
        seen = f"*Journalen svarer · {one.lack}*" if one.lack else "*Journalen svarer*"
        more = f"; `w` says *{one.note}*, nothing is signed" if one.note else "; her note once in the journal"
        leave = "; with the site's `get_search`" if one.leave else ""
        lines.append(f"| {one.name} | {servers[one.name].says} | {seen}{more}{leave} |")
    return lines


TABLES = {"abilities": abilities, "personalities": personalities}


def made(text: str) -> str:
    """`text` of the page with its tables made anew."""
    for name, rows in TABLES.items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _old, end, after = rest.partition(f"<!-- /{name} -->")
        assert mark and end, f"no place for {name} in {PAGE.name}"
        text = before + mark + "".join(f"{line}\n" for line in rows()) + end + after
    return text


if __name__ == "__main__":
    PAGE.write_text(made(PAGE.read_text("utf-8")), "utf-8")
