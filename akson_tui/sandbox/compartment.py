"""The patient's compartment: by which references a resource belongs to a patient, as R4 defines it."""

from functools import cache
from pathlib import Path

from akson_tui.sandbox.params import of_type
from akson_tui.sandbox.validate import stored_types

TABLE = Path(__file__).with_name("data") / "compartment.tsv"


@cache
def leads() -> tuple[tuple[str, str], ...]:
    """Type and name of each parameter that leads to the patient: R4's own list, and every `patient`, since R4 left Task
    out."""
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:])
    listed = [(type_, name) for type_, names in rows for name in names.split(",")]
    more = [(type_, "patient") for type_ in sorted(stored_types()) if "patient" in of_type(type_)]
    return tuple(dict.fromkeys([*listed, *more]))


def leads_of(type_: str) -> list[str]:
    """The parameters of a type that lead to the patient; none where its resources belong to no patient."""
    return [name for held, name in leads() if held == type_]


@cache
def nobodys() -> tuple[str, ...]:
    """The types that belong to no patient: none of their references may lead to one."""
    of_patients = {type_ for type_, _ in leads()}
    return tuple(
        type_
        for type_ in sorted(stored_types() - of_patients)
        if not any({"Patient", "*"} & set(parameter.targets) for parameter in of_type(type_).values())
    )
