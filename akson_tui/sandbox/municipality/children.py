"""Journals of the health station's children: the consultations of the programme up to the child's age, growth and vaccines.

Which vaccine belongs to which consultation stands in `_PROGRAMME`, as for children born in 2020 or later.
"""

from typing import NamedTuple

from .journals import Journal

_NURSE = "anne-moen"
_DOCTOR = "eirik-saltnes"
_ROTA = ("J07BH01", "Rotavirusvaksine")
_HEXA = ("J07CA09", "Difteri, stivkrampe, kikhoste, polio, Hib og hepatitt B")
_PCV = ("J07AL02", "Pneumokokkvaksine")
_MMR = ("J07BD52", "Meslinger, kusma og røde hunder")


class Consultation(NamedTuple):
    """One consultation: the child's age in days, its name, the note, vaccines, whether the doctor takes part."""

    age: int
    name: str
    text: str
    vaccines: tuple[tuple[str, str], ...] = ()
    doctor: bool = False


_PROGRAMME = (
    Consultation(3, "Barselsamtale", "Hjemme på dag 2. {Barnet} suger godt, mor har spreng. Gulsott ikke synlig. Våte bleier fire på et døgn."),
    Consultation(8, "Hjemmebesøk 7–10 dager", "Hjemmebesøk. Fødselsvekt nesten tatt igjen. Navlen tørr. Amming hver tredje time. Snakket om søvn, gråt og trygg soving. Foreldrene "
                 "slitne og glade."),
    Consultation(15, "Vektkontroll", "Vektøkning som ventet. Ammer på begge sider, kort på høyre. Vist annen stilling."),
    Consultation(28, "4-ukerskonsultasjon", "Følger med blikket. Løfter hodet i mageleie. Edinburgh-skjema gjennomgått med mor, 5 poeng. Barselgruppe starter neste uke."),
    Consultation(42, "6-ukerskonsultasjon", "Smiler tilbake. Hofter stabile, hjertelyder uten bilyd, rød refleks til stede. Rotavirusvaksine gitt.", (_ROTA,), True),
    Consultation(93, "3-månederskonsultasjon", "Griper om fingeren, skratter. Sover sammenhengende fem timer. Vaksiner gitt uten reaksjon.", (_ROTA, _HEXA, _PCV)),
    Consultation(122, "4-månederskonsultasjon", "Ruller til siden. Snakket om fast føde fra fire til seks måneder, D-vitamin daglig."),
    Consultation(155, "5-månederskonsultasjon", "Putter alt i munnen. Smaker på grøt. Vaksiner gitt.", (_HEXA, _PCV)),
    Consultation(185, "6-månederskonsultasjon", "Sitter med støtte. Lege: normal undersøkelse. Tenner: to nede.", (), True),
    Consultation(245, "8-månederskonsultasjon", "Krabber baklengs. Fremmedredd, kos på fanget. Språk: babler med variasjon. Snakket om sikkerhet hjemme."),
    Consultation(306, "10-månederskonsultasjon", "Reiser seg mot bordet. Spiser det meste av familiens mat. Sover dårlig; faste rutiner foreslått."),
    Consultation(366, "12-månederskonsultasjon", "Går langs møbler. Sier mamma. Vaksiner gitt. Barnehage fra august.", (_HEXA, _PCV), True),
    Consultation(457, "15-månederskonsultasjon", "Går alene. Peker på det {barnet} vil ha. MMR gitt.", (_MMR,)),
    Consultation(530, "17–18-månederskonsultasjon", "Ti ord. Bygger tårn av tre klosser. Trasser. Smokk om natten."),
    Consultation(731, "2-årskonsultasjon", "Setninger på to ord. Løper, hopper ikke ennå. Går i barnehage, trives. Tannhelse gjennomgått.", (), True),
    Consultation(1461, "4-årskonsultasjon", "Tegner hodefoting, teller til seks. Språk4 gjennomført. Syn 0,8 på begge øyne."),
)  # fmt: skip
_BETWEEN = (
    ("Telefon", "Mor ringer: rødt utslett på kinnene, upåvirket. Varmt og tørt, bruk mindre lue inne. Ring igjen om det brer seg."),
    ("Vektkontroll", "Ekstra vekt etter ønske. Følger kurven sin. Beroliget."),
    ("Helsesykepleier, samtale", "Samtale med foreldre om søvn. Dagbok i en uke, leggetid på samme tid."),
    ("Åpen helsestasjon", "Innom åpen time. Spørsmål om løs mage etter ny mat. Fin allmenntilstand."),
    ("Telefon", "Feber 38,2 dagen etter vaksine. Ventet reaksjon, paracetamol etter vekt. Ring legevakt om {barnet} blir slapp."),
)  # fmt: skip


def _weight(age: int, female: bool) -> float:
    """Kilograms near the middle of the growth chart: fast in the first months, then slower."""
    months = age / 30.4
    grown = 3.5 + 0.85 * min(months, 4) + 0.42 * max(0.0, min(months, 12) - 4) + 0.2 * max(0.0, months - 12)
    return grown * (0.95 if female else 1.0)


def _length(age: int) -> float:
    months = age / 30.4
    return 50.5 + 3.2 * min(months, 4) + 1.5 * max(0.0, min(months, 12) - 4) + 0.85 * max(0.0, months - 12)


def _head(age: int) -> float:
    months = age / 30.4
    return 35.2 + 1.5 * min(months, 4) + 0.55 * max(0.0, min(months, 12) - 4) + 0.09 * max(0.0, months - 12)


def write(journal: Journal) -> None:
    """Every consultation that the child is old enough for, but not today's."""
    person, rng, clock = journal.person, journal.rng, journal.clock
    born = person.birth(clock)
    assert born is not None
    old = (clock.today - born).days
    premature = 0.85 if "premature" in person.problems else 1.0
    words = {"barnet": "hun" if person.female else "han", "Barnet": "Hun" if person.female else "Han"}
    for row in _PROGRAMME:
        days_ago = old - row.age
        if days_ago <= 1:
            break
        hour, minute = rng.randint(8, 14), rng.choice((0, 15, 30, 45))
        at = clock.at(days_ago, hour, minute)
        who = _DOCTOR if row.doctor else _NURSE
        contact = journal.encounter(at, 30, who, "HH" if "Hjemmebesøk" in row.name else "AMB", row.name)
        growth = {
            "weight": _weight(row.age, person.female) * premature * rng.uniform(0.98, 1.02),
            "height": _length(row.age) * rng.uniform(0.99, 1.01),
            "head": _head(row.age) * rng.uniform(0.99, 1.01),
        }
        journal.measure(at, _NURSE, growth)
        for atc, text in row.vaccines:
            journal.vaccine(clock.at(days_ago, hour, minute, 30), _NURSE, atc, text)
        title = "Helsestasjonsnotat"
        journal.note(
            clock.at(days_ago, hour, minute, 50), who, row.text.format(**words), title=title, encounter=contact
        )
    for _ in range(3):
        days_ago = rng.randint(2, max(3, min(old - 6, 400)))
        reason, text = rng.choice(_BETWEEN)
        at = clock.at(days_ago, rng.randint(9, 14), rng.randrange(60))
        contact = journal.encounter(at, 10, _NURSE, "VR" if reason == "Telefon" else "AMB", reason)
        journal.note(at, _NURSE, text.format(**words), title="Helsestasjonsnotat", encounter=contact)
