"""Patient: the person that a record is about.

The easy mistake is to show an address that is graded, a name that is no longer used, or a number that was given up.
"""

from __future__ import annotations

from akson_tui.fhir import pick
from akson_tui.fhir.common import Json, human_name, identifier, ref_of, reference, updated
from akson_tui.model.people import HumanName, Identifier, Patient, Protection, Sex
from akson_tui.model.when import FOREVER, When

_GRADES = {
    "klientadresse": Protection.CLIENT,
    "fortrolig": Protection.CONFIDENTIAL,
    "strengtfortrolig": Protection.STRICT,
    "strengt_fortrolig": Protection.STRICT,
    "strengt fortrolig": Protection.STRICT,
    "strengt_fortrolig_utland": Protection.STRICT,
    "r": Protection.CONFIDENTIAL,
    "v": Protection.STRICT,
}
_WEIGHT = (Protection.NONE, Protection.CLIENT, Protection.CONFIDENTIAL, Protection.STRICT)
_USES = ("usual", "official", "", "temp", "nickname", "anonymous")
_NORWEGIAN = ("nb", "nn", "no")
_NORWEGIAN_WORDS = ("norsk", "bokmål", "nynorsk", "norwegian")


def read(resource: Json, source: str) -> Patient:
    """The patient record. Never raises."""
    names = [_name(one, resource) for one in pick.objs(resource.get("name"))]
    names = sorted((one for one in names if one.text), key=_rank)
    protection = _protection(resource)
    address, city = ("", "") if protection is not Protection.NONE else _address(resource)
    links = [reference(one.get("other"), source) for one in pick.objs(resource.get("link"))]
    return Patient(
        ref=ref_of(resource, source),
        name=names[0] if names else HumanName(""),
        other_names=tuple(names[1:]),
        born=pick.when(resource.get("birthDate")),
        sex=_sex(resource),
        identifiers=_identifiers(resource),
        deceased=_deceased(resource),
        address=address,
        city=city,
        phones=_phones(resource),
        language=_language(resource),
        interpreter=_interpreter(resource),
        protection=protection,
        general_practitioner=next(
            (said for one in pick.objs(resource.get("generalPractitioner")) if (said := pick.text(one.get("display")))),
            "",
        ),
        links=tuple(ref.bare() for ref in links if ref is not None and ref.type == "Patient"),
    )


def _name(one: Json, resource: Json) -> HumanName:
    use = pick.text(one.get("use"))
    return HumanName(
        text=human_name(one),
        family=pick.text(one.get("family")),
        given=pick.texts(one.get("given")),
        use="old" if _ended(one, resource) and use != "maiden" else use,
    )


def _rank(name: HumanName) -> int:
    return _USES.index(name.use) if name.use in _USES else len(_USES)


def _ended(one: Json, resource: Json) -> bool:
    """Whether a name, number or address is not used any more: `old`, or ended before the record was last changed.

    Where the record does not say when it was changed, an end counts as past, unless it means that there is none.
    """
    if pick.text(one.get("use")) == "old":
        return True
    end = pick.when(pick.at(one, "period", "end"))
    if end is None or end.latest >= FOREVER:
        return False
    changed = updated(resource)
    return changed is None or end.earliest <= changed


def _sex(resource: Json) -> Sex:
    said = pick.text(resource.get("gender"))
    return Sex(said) if said in Sex.__members__.values() else Sex.UNKNOWN


def _identifiers(resource: Json) -> tuple[Identifier, ...]:
    found = []
    for one in pick.objs(resource.get("identifier")):
        read_one = identifier(one)
        if read_one is not None:
            found.append(Identifier(read_one.system, read_one.value, read_one.ended or _ended(one, resource)))
    return tuple(found)


def _deceased(resource: Json) -> When | bool:
    return (
        pick.when(resource.get("deceasedDateTime"))
        or pick.true(resource.get("deceasedBoolean"))
        or (bool(pick.text(resource.get("deceasedDateTime"))))
    )


def _grades(holder: Json) -> list[str]:
    """Every code in a security label or extension (inner ones too) of `holder`: one of them may be an address grade."""
    said = [pick.text(label.get("code")) for label in pick.objs(pick.at(holder, "meta", "security"))]
    for extension in pick.objs(holder.get("extension")):
        for one in (extension, *pick.objs(extension.get("extension"))):
            value = pick.extension_value(one)
            said.append(pick.text(value) or pick.status(value) or pick.text(pick.obj(value).get("code")))
    return said


def _protection(resource: Json) -> Protection:
    """The strictest grade that the person or one of the addresses has."""
    said = _grades(resource)
    for address in pick.objs(resource.get("address")):
        said += _grades(address)
    found = [_GRADES[code.casefold()] for code in said if code.casefold() in _GRADES]
    return max(found, key=_WEIGHT.index, default=Protection.NONE)


def _address(resource: Json) -> tuple[str, str]:
    """The home that is in use, in one line, and its town."""
    rows = [one for one in pick.objs(resource.get("address")) if not _ended(one, resource)]
    rows.sort(key=lambda one: pick.text(one.get("use")) != "home")
    if not rows:
        return "", ""
    town = " ".join(filter(None, (pick.text(rows[0].get("postalCode")), pick.text(rows[0].get("city")))))
    lines = [*pick.texts(rows[0].get("line")), town]
    return ", ".join(filter(None, lines)) or pick.text(rows[0].get("text")), pick.text(rows[0].get("city"))


def _phones(resource: Json) -> tuple[str, ...]:
    """Numbers in use, in the order that they are to be tried."""
    rows = [one for one in pick.objs(resource.get("telecom")) if not _ended(one, resource)]
    rows = [one for one in rows if pick.text(one.get("system")) in ("phone", "sms", "")]
    rows.sort(key=lambda one: (pick.decimal(one.get("rank")) or 99, pick.text(one.get("use")) != "mobile"))
    return tuple(dict.fromkeys(value for one in rows if (value := pick.text(one.get("value")))))


def _language(resource: Json) -> str:
    rows = pick.objs(resource.get("communication"))
    chosen = next((one for one in rows if pick.true(one.get("preferred"))), rows[0] if rows else {})
    said = pick.concept(chosen.get("language"))
    codes = [pick.text(one.get("code")).casefold().split("-")[0] for one in pick.codings(chosen.get("language"))]
    norwegian = any(code in _NORWEGIAN for code in codes) or said.casefold().startswith(_NORWEGIAN_WORDS)
    return "" if norwegian or said.casefold() in _NORWEGIAN else said


def _interpreter(resource: Json) -> bool:
    holders = (resource, *pick.objs(resource.get("communication")))
    return any(
        pick.true(pick.extension_value(extension))
        for holder in holders
        for extension in pick.objs(holder.get("extension"))
        if "interpreter" in pick.text(extension.get("url")).casefold()
    )
