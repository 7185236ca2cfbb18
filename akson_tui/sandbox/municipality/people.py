"""Who lives in the municipality: one row each, with problems, medicines, the services that write and the size of the journal.

Astrid Bakken is the only Bakken anywhere here: scripts search for her by that name. Family names of other rows and of
`names` must not begin so.
"""

import datetime as dt
from dataclasses import dataclass

from .clock import Clock

HOME = ("kari-nilsen", "tone-fidje", "ahmed-yusuf", "jens-ropstad")


@dataclass(frozen=True)
class Person:
    """One inhabitant; `born` is a date, days of age for the small children (`-42`), or empty when nobody knows."""

    ident: str
    given: tuple[str, ...]
    family: str
    female: bool
    born: str
    city: str
    line: str
    postcode: str
    doctor: str
    team: tuple[str, ...]
    problems: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    entries: int = 40
    language: str | None = None
    number: str = "fnr"
    alerts: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    kin: tuple[str, str] | None = None
    grade: str | None = None

    def birth(self, clock: Clock) -> dt.date | None:
        """The birth date; small children are born so many days before today, to fit their consultation."""
        if not self.born:
            return None
        return clock.day(-int(self.born)) if self.born.startswith("-") else dt.date.fromisoformat(self.born)

    @property
    def name(self) -> str:
        """As it is read: given names first."""
        return " ".join((*self.given, self.family))


def _kristiansand(
    ident: str,
    given: tuple[str, ...],
    family: str,
    female: bool,
    born: str,
    line: str,
    postcode: str,
    problems: tuple[str, ...],
    medicines: tuple[str, ...],
    entries: int,
    alerts: tuple[str, ...] = (),
    allergies: tuple[str, ...] = (),
    kin: tuple[str, str] | None = None,
    language: str | None = None,
    number: str = "fnr",
    grade: str | None = None,
) -> Person:
    """A row of Kari's round: home care and GP of Kristiansand."""
    return Person(
        ident, given, family, female, born, "Kristiansand", line, postcode, "ingrid-aanensen", HOME,
        problems, medicines, entries, language, number, alerts, allergies, kin, grade,
    )  # fmt: skip


ASTRID = _kristiansand(
    "astrid-bakken", ("Astrid",), "Bakken", True, "1942-03-14", "Bergtoras vei 14", "4633",
    ("copd", "heart-failure", "atrial-fibrillation", "hypertension", "osteoporosis", "knee", "kidney", "hypothyroid",
     "malnutrition", "anxiety", "incontinence", "constipation"),
    ("metoprolol", "apixaban-low", "furosemide", "ramipril", "levothyroxine", "calcium", "paracetamol",
     "escitalopram", "tiotropium", "salbutamol", "acetylcysteine", "alendronate", "lactulose", "oxazepam"),
    640,
    ("Fallfare: går med rullator, falt på badet sist vinter",
     "CO2-retensjon: oksygen styres mot SpO2 88–92 % (NEWS2, skala 2)"),
    ("penicillin", "plaster"),
    ("Kristin Mørk", "Datter"),
)  # fmt: skip

ROUND = (
    _kristiansand("torbjorn-eikeland", ("Torbjørn",), "Eikeland", False, "1938-11-02", "Marviksveien 31", "4631",
                  ("diabetes", "heart-failure", "hypertension"), ("insulin-glargine", "metformin", "furosemide", "ramipril"),
                  64, ("Hypoglykemi: kjenner ikke lenger følingene",), (), ("Eva Eikeland", "Ektefelle")),
    _kristiansand("ruth-haraldsen", ("Ruth",), "Haraldsen", True, "1935-06-21", "Kuholmsveien 5", "4632",
                  ("dementia", "hypertension"), ("donepezil", "amlodipine", "paracetamol"), 58,
                  ("Medisiner i låst skap; skal ses svelget",), (), ("Morten Haraldsen", "Sønn")),
    _kristiansand("aile-cahput", ("Áile", "Máret"), "Čáhput", True, "1949-02-06", "Slettheiveien 88", "4626",
                  ("heart-failure", "atrial-fibrillation", "knee"), ("metoprolol", "apixaban", "furosemide", "paracetamol"),
                  52, ("Foretrekker nordsamisk når noe er viktig",), (), ("Ánte Čáhput", "Bror"), "se"),
    _kristiansand("fadumo-warsame", ("Fadumo",), "Warsame", True, "1957-01-01", "Fjellgata 12", "4612",
                  ("diabetes", "hypertension", "back"), ("metformin", "insulin-glargine", "losartan", "paracetamol"), 46,
                  ("Tolk: somali, kvinnelig tolk ønskes",), (), ("Hodan Warsame", "Datter"), "so"),
    _kristiansand("gunnar-tveit", ("Gunnar",), "Tveit", False, "1946-09-17", "Torridalsveien 203", "4630",
                  ("parkinson", "constipation"), ("levodopa", "macrogol", "rotigotine"), 61,
                  ("Parkinsonmedisin til faste klokkeslett, aldri mer enn 15 minutter forsinket",), (),
                  ("Inger Tveit", "Ektefelle")),
    _kristiansand("solfrid-mjaland", ("Solfrid",), "Mjåland", True, "1951-04-29", "Strømsveien 40", "4637",
                  ("ms", "incontinence"), ("baclofen", "vitamin-d", "macrogol"), 55,
                  ("Permanent kateter, skiftes hver 8. uke",), ("latex",), ("Rolf Mjåland", "Ektefelle")),
    _kristiansand("arne-kristian-roed", ("Arne", "Kristian"), "Røed", False, "1962-12-08", "Odderhei terrasse 7", "4639",
                  ("lung-cancer",), ("morphine", "midazolam", "dexamethasone", "macrogol"), 72,
                  ("HLR minus: avklart med pasient og fastlege",), (), ("Bente Røed", "Ektefelle")),
    _kristiansand("wanda-kowalska", ("Wanda",), "Kowalska", True, "1968-10-11", "Kirkegata 60", "4611",
                  ("post-op",), ("paracetamol", "dicloxacillin"), 28, (), (), ("Piotr Kowalski", "Ektefelle"), "pl", "d"),
    _kristiansand("jorunn-ovrebo", ("Jorunn",), "Øvrebø", True, "1944-08-30", "Vågsbygdveien 61", "4622",
                  ("venous", "hypertension", "obesity"), ("losartan", "paracetamol"), 50, (), ("chlorhexidine",),
                  ("Terje Øvrebø", "Sønn")),
    _kristiansand("thi-lan-nguyen", ("Thi", "Lan"), "Nguyen", True, "1953-05-19", "Tinnstua 3", "4621",
                  ("rheumatoid", "osteoporosis"), ("methotrexate", "folic-acid", "prednisolone", "calcium"), 34,
                  (), (), ("Minh Nguyen", "Sønn"), "vi"),
    _kristiansand("sverre-aas", ("Sverre",), "Ås", False, "1940-07-03", "Hellemyrlia 22", "4628",
                  ("stroke", "atrial-fibrillation"), ("apixaban", "metoprolol", "atorvastatin", "lansoprazole"), 66,
                  ("Svelgvansker: ingenting i munnen uten tilsyn",), ("sulfa",), ("Liv Ås", "Ektefelle")),
    _kristiansand("ellinor-gronning", ("Ellinor",), "Grønning", True, "1929-01-25", "Grimsgata 9", "4614",
                  ("fall", "osteoporosis", "cataract"), ("vitamin-d", "paracetamol", "amlodipine"), 48,
                  ("Fallfare: bruker ikke alarmen",), (), ("Bjørg Grønning Lie", "Datter")),
    _kristiansand("camilla-strand", ("Camilla",), "Strand", True, "1989-03-03", "", "",
                  ("depression", "anxiety"), ("escitalopram",), 31,
                  ("Fortrolig adresse: si aldri adresse eller tid i telefon",), (), None, None, "fnr", "fortrolig"),
    _kristiansand("roar-knutsen", ("Roar",), "Knutsen", False, "1971-06-15", "Setesdalsveien 110", "4616",
                  ("opioid", "copd-mild"), ("buprenorphine", "salbutamol"), 57,
                  ("Gå to ved hjemmebesøk",), (), None),
)  # fmt: skip

ODD_ARNE = Person(
    "odd-arne-solheim", ("Odd", "Arne"), "Solheim", False, "1955-05-09", "Bergen", "Olsvikåsen 57", "5184", "per-dahl",
    ("solveig-vinje", "kjetil-askeland", "berit-lonning"),
    ("diabetes-foot", "leg-ulcer", "venous", "neuropathy", "hypertension", "obesity", "atrial-fibrillation"),
    ("metformin", "insulin-glargine", "insulin-aspart", "apixaban", "metoprolol", "losartan", "atorvastatin",
     "furosemide", "gabapentin", "paracetamol"),
    10_000, None, "fnr", ("MRSA-bærer: smittevern etter lokal prosedyre",), ("iodine",), ("Marit Solheim", "Ektefelle"),
)  # fmt: skip

_BERGEN = ("solveig-vinje", "kjetil-askeland", "berit-lonning")
_OSLO = ("mina-fossum",)
_BODO = ("anne-moen",)

LISTED_BERGEN = (
    Person("turid-askvik", ("Turid",), "Askvik", True, "1960-02-12", "Bergen", "Klosteret 11", "5005", "per-dahl", (),
           ("hypertension", "hypothyroid"), ("amlodipine", "levothyroxine"), 30),
    Person("magnus-hopland", ("Magnus",), "Hopland", False, "1988-10-05", "Bergen", "Haugeveien 4", "5005", "per-dahl", (),
           ("back",), ("paracetamol",), 22),
    Person("elif-demir", ("Elif",), "Demir", True, "1994-07-22", "Bergen", "Sandviksveien 77", "5035", "per-dahl", (),
           ("pregnancy", "hypothyroid"), ("levothyroxine", "folic-acid"), 25, "tr"),
    Person("leif-borge-sandvik", ("Leif", "Børge"), "Sandvik", False, "1950-12-30", "Bergen", "Loddefjordveien 9", "5171",
           "per-dahl", _BERGEN[1:], ("copd-mild", "angina"), ("tiotropium", "salbutamol", "aspirin", "atorvastatin"), 45,
           None, "fnr", (), ("penicillin",)),
    Person("synnove-myklebust", ("Synnøve",), "Myklebust", True, "1975-04-18", "Bergen", "Fantoftveien 30", "5072",
           "per-dahl", (), ("anxiety", "depression"), ("escitalopram",), 27),
)  # fmt: skip

LISTED_OSLO = (
    Person("unknown-man", (), "Ukjent mann", False, "", "Oslo", "", "", "leila-said", _OSLO, (), (), 3, None, "fh",
           ("Ukjent identitet: hjelpenummer, kobles når navnet er kjent",)),
    Person("mohammed-aziz", ("Mohammed",), "Aziz", False, "1984-08-08", "Oslo", "Tøyengata 21", "0578", "leila-said", _OSLO,
           ("hypertension",), ("losartan",), 24, "ur"),
    Person("emma-lunde", ("Emma",), "Lunde", True, "2021-09-13", "Oslo", "Ensjøveien 18", "0661", "leila-said", _OSLO,
           ("asthma",), ("salbutamol",), 21, None, "fnr", (), ("peanut",), ("Silje Lunde", "Mor")),
    Person("kristoffer-wiik", ("Kristoffer",), "Wiik", False, "1999-11-27", "Oslo", "Pilestredet 75", "0354", "leila-said",
           _OSLO, (), (), 20),
    Person("ingeborg-skaug", ("Ingeborg",), "Skaug", True, "1947-03-31", "Oslo", "Kampengata 6", "0654", "leila-said", _OSLO,
           ("heart-failure", "copd-mild"), ("furosemide", "metoprolol", "tiotropium"), 36, None, "fnr", (), ("penicillin",)),
    Person("yonas-tesfay", ("Yonas",), "Tesfay", False, "1992-05-24", "Oslo", "Trondheimsveien 140", "0570", "leila-said",
           _OSLO, (), (), 20, "ti", "fnr", ("Tolk: tigrinja",)),
)  # fmt: skip

LISTED_BODO = (
    Person("nora-elvestad", ("Nora",), "Elvestad", True, "-42", "Bodø", "Rensåsgata 15", "8006", "eirik-saltnes", _BODO,
           (), (), 20, None, "fnr", (), (), ("Ida Elvestad", "Mor")),
    Person("elias-jakobsen", ("Elias",), "Jakobsen", False, "-94", "Bodø", "Hålogalandsgata 80", "8003", "eirik-saltnes",
           _BODO, ("premature",), ("vitamin-d-drops",), 24, None, "fnr", (), (), ("Marius Jakobsen", "Far")),
    Person("iver-sivertsen", ("Iver", "Andreas"), "Sivertsen", False, "-367", "Bodø", "Jernbaneveien 44", "8006",
           "eirik-saltnes", _BODO, ("eczema",), (), 28, None, "fnr", (), ("egg",), ("Hanne Sivertsen", "Mor")),
    Person("sara-utsi", ("Sárá", "Elle"), "Utsi", True, "-734", "Bodø", "Kongens gate 70", "8007", "eirik-saltnes", _BODO,
           (), (), 30, "se", "fnr", (), (), ("Elen Inga Utsi", "Mor")),
    Person("amina-hassan", ("Amina",), "Hassan", True, "-1465", "Bodø", "Mørkvedveien 12", "8028", "eirik-saltnes", _BODO,
           (), (), 33, "ar", "fnr", ("Tolk for foreldrene: arabisk",), (), ("Rania Hassan", "Mor")),
)  # fmt: skip

LISTED = (*ROUND[:2], ASTRID, *ROUND[2:], *LISTED_OSLO, *LISTED_BERGEN, ODD_ARNE, *LISTED_BODO)
