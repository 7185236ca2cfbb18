"""Astrid and the others: what screens are tested on. `dressed` gives every text of a noun to a function."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from akson_tui.config.settings import Places, Settings, Site, SourceSettings
from akson_tui.model.access import Opened
from akson_tui.model.act import Act
from akson_tui.model.entry import (
    Entry,
    EntryKind,
    EntryState,
)
from akson_tui.model.health import Allergy, Certainty, Code, Component, Measurement, Medicine, Problem
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.note import Draft
from akson_tui.model.people import FNR, Clinician, HumanName, Identifier, Patient, Protection, Sex
from akson_tui.model.plan import Activity, CarePlan
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment

NOW = datetime(2026, 11, 24, 11, 3, tzinfo=UTC)
"""Tuesday, 12.03 in Oslo."""
SOURCE = "journal"
FETCHED = Fetched(FetchStatus.COMPLETE, NOW)

KARI = Clinician(
    name="Kari Nilsen",
    hpr="9144900",
    profession="SP",
    practitioner=Ref(SOURCE, "Practitioner", "kari-nilsen"),
    role=Ref(SOURCE, "PractitionerRole", "kari-nilsen"),
    organisation=Ref(SOURCE, "Organization", "hjemmesykepleien"),
    organisation_name="Kristiansand hjemmesykepleie",
)

PEOPLE = (
    ("astrid-bakken", "Astrid Bakken", "1942-04-12", Sex.FEMALE, "12044212345", "Morgenstell og medisiner"),
    ("arne-lunde", "Arne Lunde", "1938-01-30", Sex.MALE, "30013812345", "Sårstell, venstre legg"),
    ("bjorg-osteraas", "Bjørg Østerås", "1951-09-03", Sex.FEMALE, "03095112345", "Insulin"),
    ("einar-dahl", "Einar Dahl", "1945-06-17", Sex.MALE, "17064512345", "Medisiner, multidose"),
    ("fatima-said", "Fatima Said", "1960-02-02", Sex.FEMALE, "02026012345", "Dusj"),
    ("gunnar-vik", "Gunnar Vik", "1934-12-24", Sex.MALE, "24123412345", "Kateterstell"),
    ("helga-moe", "Helga Moe", "1947-08-08", Sex.FEMALE, "08084712345", "Støttestrømper"),
    ("inger-aas", "Inger Ås", "1940-03-21", Sex.FEMALE, "21034012345", "Blodtrykk og vekt"),
    ("johan-berg", "Johan Berg", "1955-11-11", Sex.MALE, "11115512345", "Injeksjon"),
    ("kirsten-lie", "Kirsten Lie", "1943-07-01", Sex.FEMALE, "01074312345", "Stell"),
    ("leif-hagen", "Leif Hagen", "1949-05-05", Sex.MALE, "05054912345", "Medisiner"),
    ("marit-sunde", "Marit Sunde", "1952-10-10", Sex.FEMALE, "10105212345", "Tilsyn"),
    ("nils-eidet", "Nils Eidet", "1939-02-14", Sex.MALE, "14023912345", "Middag og medisiner"),
    ("oddny-ruud", "Oddny Ruud", "1946-04-30", Sex.FEMALE, "30044612345", "Øyedråper"),
    ("petter-solem", "Petter Solem", "1958-09-19", Sex.MALE, "19095812345", "Sårstell"),
)

Dress = Callable[[str], str]


def plainly(text: str) -> str:
    """No dress at all."""
    return text


def dressed(value: object, dress: Dress) -> object:
    """`value` with every text in it given to `dress`: nouns, tuples and strings, but no codes, ids or enumerations."""
    if isinstance(value, str) and type(value) is str:
        return dress(value)
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(dressed(each, dress) for each in value)
    if isinstance(value, (Ref, When, Draft, Act, Opened)):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {"person", "patient_id", "trouble", "digest", "system", "code", "status", "absent", "source"}
        changed = {
            each.name: dressed(getattr(value, each.name), dress)
            for each in dataclasses.fields(value)
            if each.init and not (each.name in kept and isinstance(getattr(value, each.name), str))
        }
        return replace(value, **changed)
    return value


def settings(home: Path, **changed: object) -> Settings:
    """Settings of the demo, below `home`."""
    places = Places(
        home / "config.toml", home / "sites", home / "templates", home / "data", home / "run", home / "themes"
    )
    site = Site("demo", "DEMO", (SourceSettings(SOURCE, "http://127.0.0.1:8181/fhir"),))
    return replace(Settings(places, site, user="demo"), **changed)


def patient(index: int) -> Patient:
    """One of the fifteen of today's round."""
    id_, name, born, sex, number, _ = PEOPLE[index]
    given, family = name.split(" ", 1)
    return Patient(
        ref=Ref(SOURCE, "Patient", id_, "1"),
        name=HumanName(name, family, (given,)),
        born=When.parse(born),
        sex=sex,
        identifiers=(Identifier(FNR, number),),
        address="Strandgata 4",
        city="Kristiansand",
        phones=("90 00 00 01",),
        language="Arabisk" if id_ == "fatima-said" else "",
        interpreter=id_ == "fatima-said",
        protection=Protection.STRICT if id_ == "fatima-said" else Protection.NONE,
    )


def entries(count: int, patient_ref: Ref) -> list[Entry]:
    """A journal of `count` entries, newest first, of several kinds."""
    kinds = (
        (EntryKind.NOTE, "Journalnotat", "Tung pust i natt, roet seg etter inhalasjon. Satt oppe i senga til kl. 4."),
        (EntryKind.MEASUREMENT, "Blodtrykk", "142/88 mmHg"),
        (EntryKind.CONTACT, "Hjemmebesøk", "Morgenstell"),
        (EntryKind.MEASUREMENT, "Oksygenmetning", "89 %"),
        (EntryKind.MEDICATION, "Paracetamol 500 mg", "1 tablett inntil 4 ganger daglig"),
        (EntryKind.NOTE, "Sykepleienotat", "Leggsår renset og bandasjert, mindre væske enn i forrige uke"),
        (EntryKind.OTHER, "NutritionOrder", ""),
    )
    made: list[Entry] = []
    for number in range(count):
        kind, title, summary = kinds[number % len(kinds)]
        at = NOW - timedelta(hours=5 * number + 2)
        made.append(
            Entry(
                ref=Ref(SOURCE, "DocumentReference" if kind is EntryKind.NOTE else "Observation", f"e{number}", "1"),
                patient=patient_ref,
                kind=kind,
                when=When.at(at),
                title=title,
                summary=summary,
                service="Hjemmesykepleie",
                author="Kari Nilsen" if number % 2 else "Per Dahl",
                role="sykepleier",
                state=EntryState.SUPERSEDED if number % 29 == 11 else EntryState.CURRENT,
                withheld=number % 31 == 17,
                type="DocumentReference" if kind is EntryKind.NOTE else "Observation",
            )
        )
    return made


def penicillin() -> Allergy:
    return Allergy(
        Ref(SOURCE, "AllergyIntolerance", "al1"), Code("Penicillin"), "anafylaksi", True, Certainty.CONFIRMED, True
    )


def nuts() -> Allergy:
    return Allergy(Ref(SOURCE, "AllergyIntolerance", "al2"), Code("Nøtter"), "utslett", False, Certainty.PRESUMED, True)


def problems() -> tuple[Problem, ...]:
    names = (
        "Kronisk obstruktiv lungesykdom", "Hjertesvikt", "Atrieflimmer", "Hypertensjon", "Osteoporose", "Leggsår",
        "Artrose i kne", "Katarakt", "Nedsatt hørsel", "Depresjon, tidligere", "Urininkontinens", "Falltendens",
    )  # fmt: skip
    return tuple(
        Problem(
            Ref(SOURCE, "Condition", f"c{at}"), Code(name), at != 9, Certainty.CONFIRMED, When.parse(str(2008 + at))
        )
        for at, name in enumerate(names)
    )


def medicines() -> tuple[Medicine, ...]:
    names = (
        ("Spiriva Respimat 2,5 mikrog", "2 inh. kl. 8"), ("Ventoline 0,1 mg", "1–2 inh. ved behov"),
        ("Metoprolol depot 50 mg", "1 x 1"), ("Eliquis 5 mg", "1 x 2"), ("Furix 40 mg", "1 x 1"),
        ("Ramipril 5 mg", "1 x 1"), ("Kalcipos-D", "1 x 1"), ("Alendronat 70 mg", "1 x 1 mandag"),
        ("Paracet 500 mg", "2 x 3"), ("Laktulose", "15 ml x 1"), ("Prednisolon 5 mg", "ved forverring"),
        ("Imovane 5 mg", "½ ved behov"), ("Atorvastatin 20 mg", "1 x 1"), ("Folsyre 1 mg", "1 x 1"),
    )  # fmt: skip
    return tuple(
        Medicine(
            Ref(SOURCE, "MedicationStatement", f"m{at}"), Code(name), dose, "", True, "active", at % 3 == 0, None, False
        )
        for at, (name, dose) in enumerate(names)
    )


def measurements() -> tuple[Measurement, ...]:
    at = When.at(NOW - timedelta(hours=4))
    ref = Ref(SOURCE, "Observation", "o1")
    pressure = (
        Component(Code("Systolisk"), Decimal("142"), "mm[Hg]"),
        Component(Code("Diastolisk"), Decimal("88"), "mm[Hg]"),
    )
    return (
        Measurement(ref, Code("Blodtrykk"), at, None, "", components=pressure),
        Measurement(ref, Code("Puls"), at, Decimal("91"), "/min"),
        Measurement(ref, Code("Oksygenmetning"), at, Decimal("89"), "%"),
        Measurement(ref, Code("Temperatur"), at, Decimal("37.90"), "Cel"),
        Measurement(ref, Code("Vekt"), When.parse("2026-11"), Decimal("71.2"), "kg"),
        Measurement(ref, Code("Respirasjon"), at, None, "", absent="not-performed"),
    )  # fmt: skip


def plan() -> CarePlan:
    acts = (
        "Medisiner morgen",
        "Medisiner kveld",
        "Dusj",
        "Sårstell",
        "Vekt",
        "Inhalasjon",
        "Tilsyn natt",
        "Støttestrømper",
    )
    return CarePlan(
        Ref(SOURCE, "CarePlan", "p1"), "Tiltaksplan hjemmesykepleie", "active", When.parse("2026-02-01"), None,
        tuple(Activity(f"{acts[at % 8]} {at + 1}", "in-progress", "daglig kl. 8", "Sone øst") for at in range(20)),
    )  # fmt: skip


def visits() -> tuple[Appointment, ...]:
    return tuple(
        Appointment(Ref(SOURCE, "Appointment", f"n{at}"), When.at(NOW + timedelta(days=at, hours=1)), None, "booked",
                    ("Kveldsstell", "Fastlege", "Fotterapeut")[at], None)
        for at in range(3)
    )  # fmt: skip


TODAY = date(2026, 11, 24)
