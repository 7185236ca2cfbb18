"""What a GP writes: for each problem a few reasons with the note, what was measured and which blood was taken.

The texts hold no figures that a measurement could contradict; figures come from the Observations written beside them.
"""

from typing import NamedTuple

from .journals import Journal, Vitals
from .visits import USUAL, number, vitals


class Reason(NamedTuple):
    """One consultation: its reason, the note, what is measured and what blood is taken."""

    reason: str
    text: str
    measured: tuple[str, ...] = ()
    blood: tuple[str, ...] = ()


GENERAL = (
    Reason("Luftveisinfeksjon", "Hoste og snørr i en uke, ikke feber. Lunger uten fremmedlyder. Avventer, ny kontakt ved forverring."),
    Reason("Fornyelse av resept", "Reseptfornyelse. Bruker medisinene som avtalt, ingen bivirkninger å melde. Fornyet for ett år."),
    Reason("Attest", "Ber om attest. Skrevet ut fra journalen, kopi til pasienten."),
    Reason("Tretthet", "Sliten i noen måneder. Sover greit. Klinisk upåfallende. Blodprøver tas, svar på telefon.", (), ("haemoglobin", "tsh", "creatinine")),
    Reason("Hudforandring", "Pigmentflekk på ryggen, uendret i flere år. Dermatoskopi uten mistenkelige trekk. Ses igjen om et halvt år."),
    Reason("Telefonkonsultasjon", "Ringer om prøvesvar. Gjennomgått, ingen tiltak. Beroliget."),
    Reason("Øresus", "Voksplugg høyre side, skylt. Trommehinne hel. Hører bedre."),
)  # fmt: skip

BY_PROBLEM = {
    "hypertension": (
        Reason("Kontroll blodtrykk", "Kontroll. BT {bt}. Hjemmemålinger stort sett under grensen. Fortsetter uendret, ny kontroll om et halvt år.", ("over", "pulse"), ("creatinine", "potassium")),
        Reason("Blodtrykk høyere", "BT {bt}. Høyere hjemme siste måned, mer salt og mindre gåing. Kostråd og gåturer først, ny måling om fire uker.", ("over",)),
    ),
    "hypothyroid": (
        Reason("Kontroll stoffskifte", "Ikke frossen, vekten stabil. TSH tas, dosen justeres etter svar.", ("weight",), ("tsh",)),
    ),
    "back": (
        Reason("Ryggsmerter", "Smerter i korsryggen etter løft, ikke utstråling. Lasègue negativ, normal kraft og sensibilitet. Bevege seg, paracetamol ved behov. Ingen røde flagg."),
        Reason("Ryggsmerter, oppfølging", "Bedre, men sitter stivt på jobb. Dialog med arbeidsgiver om tilrettelegging. Gradert sykmelding i to uker til."),
        Reason("Ryggsmerter, henvisning", "Vedvarende tross trening i åtte uker. Henvist fysioterapeut. MR endrer ikke behandlingen nå, enig i å vente."),
    ),
    "pregnancy": (
        Reason("Svangerskapskontroll", "Trives. BT {bt}. SF-mål på kurven, fosterlyd 144. Urin uten utslag. Kjenner liv.", ("over", "weight"), ("haemoglobin",)),
        Reason("Første svangerskapskontroll", "Ønsket svangerskap. Folat startet. Blodtype, rubella og infeksjonsprøver tatt. Ultralyd bestilt.", ("over", "weight"), ("haemoglobin", "tsh")),
    ),
    "anxiety": (
        Reason("Samtale", "Uro det meste av dagen, unngår butikken. Ikke selvmordstanker. Skrevet plan for eksponering i små trinn, ny time om to uker."),
        Reason("Samtale, oppfølging", "Har tatt bussen to ganger. Sover bedre. Fortsetter med medisin, ingen økning."),
        Reason("Søvn", "Våkner klokka tre. Søvndagbok gjennomgått, legger seg for tidlig. Søvnrestriksjon prøves i tre uker."),
    ),
    "depression": (
        Reason("Depressive plager", "Nedstemt og uten tiltak i seks uker. MADRS 22. Ingen planer om å skade seg selv. Samtale hver uke, medisin etter ønske."),
        Reason("Oppfølging", "Litt lettere, har vært ute med hunden hver dag. MADRS 15. Fortsetter."),
        Reason("Samarbeidsmøte", "Møte med psykisk helsetjeneste. Enige om kriseplan og fast kontakt. Pasienten leser planen selv før den gjelder."),
    ),
    "diabetes": (
        Reason("Årskontroll diabetes", "Årskontroll. BT {bt}. Føtter sett, pulser til stede. Øyelege i fjor uten retinopati. HbA1c tas.", ("over", "weight"), ("hba1c", "creatinine")),
        Reason("Diabetes, justering", "Høye morgenverdier. Insulin økt med to enheter hver tredje dag til målet er nådd. Ny telefon om to uker.", (), ("hba1c",)),
    ),
    "heart-failure": (
        Reason("Kontroll hjertesvikt", "NYHA 2–3. BT {bt}. Ingen halsvenestuvning, lett ankelødem. Vektgrense avtalt, uendret medisin.", ("over", "pulse", "weight"), ("creatinine", "potassium")),
    ),
    "copd-mild": (
        Reason("KOLS-kontroll", "Spirometri FEV1 58 % av forventet. SpO2 {spo2} %. Røyker fortsatt. Inhalasjonsteknikk sett, riktig.", ("spo2",)),
        Reason("KOLS, forverring", "Mer hoste og tung pust i fire dager. SpO2 {spo2} %. CRP lav. Prednisolon i fem dager, ny kontakt om ikke bedre.", ("spo2", "temperature"), ("crp",)),
    ),
    "angina": (
        Reason("Brystsmerter ved gange", "Stabilt mønster, går over i ro. EKG uten nye forandringer. Nitroglyserin fornyet.", ("over", "pulse")),
    ),
    "rheumatoid": (
        Reason("Kontroll metotreksat", "Prøver hver tredje måned. Ingen munnsår, ikke tungpust. Fortsetter, folsyre som før.", (), ("haemoglobin", "leukocytes", "crp", "creatinine")),
    ),
    "dementia": (
        Reason("Demensutredning, oppfølging", "MMSE 17, ned tre siden i fjor. Pårørende sliter om kvelden. Kommunens hukommelsesteam kobles på."),
    ),
    "parkinson": (
        Reason("Parkinson", "Økende svingninger. Skjema gjennomgått. Nevrologisk poliklinikk kontaktet, levodopa fem ganger daglig."),
    ),
    "lung-cancer": (
        Reason("Hjemmebesøk", "Ønsker å være hjemme. Gjennomgått hva som kan komme og hva som kan gis. HLR minus og ikke innleggelse, skrevet sammen."),
        Reason("Smertebehandling", "Gjennombruddssmerter tre ganger i døgnet. Pumpen økt til 40 mg per døgn. Avførende fast."),
    ),
    "opioid": (
        Reason("LAR-samarbeid", "Stabil. Urinprøver ikke nødvendig. Vektnedgang, blodprøver tas. Ønsker leveranse hjemme.", ("weight",), ("haemoglobin", "crp")),
    ),
    "post-op": (
        Reason("Kontroll etter operasjon", "Sårinfeksjon etter brokkoperasjon. Fire centimeter åpnet, renner fritt. Dyrkning tatt, dikloksacillin i ti dager.", ("temperature",), ("crp", "leukocytes")),
    ),
}  # fmt: skip


def consultation(journal: Journal, days_ago: int, row: Reason, most: int) -> int:
    """Writes one consultation of at most `most` entries (at least one) and tells how many it became."""
    rng, who = journal.rng, journal.person.doctor
    at = journal.clock.at
    hour, minute = rng.randint(8, 14), rng.randrange(0, 60, 5)
    before = len(journal.entries)
    room = most - 1
    kinds = row.measured if len(row.measured) <= room else ()
    measured: Vitals = vitals(journal, USUAL, days_ago, 2900, kinds) if kinds else {}
    if row.measured and not kinds:
        # Without room for the figures the text must not tell them.
        row = GENERAL[1]
    contact = None
    if room - len(kinds) > 0:
        code = "VR" if row.reason.startswith("Telefon") else "AMB"
        contact = journal.encounter(at(days_ago, hour, minute), 20, who, code, row.reason)
        room -= 1
    journal.measure(at(days_ago, hour, minute, 20), who, measured)
    known = {
        "bt": f"{measured.get('over', 0):.0f}/{measured.get('under', 0):.0f}",
        "spo2": number(measured.get("spo2", 0)),
    }
    journal.note(at(days_ago, hour, minute, 40), who, row.text.format(**known), title="Legenotat", encounter=contact)
    if row.blood and room - len(kinds) > len(row.blood):
        journal.laboratory(at(days_ago, hour, minute, 50), who, blood(journal, row.blood), "Se enkeltsvar.")
    return len(journal.entries) - before


_BLOOD = {
    "haemoglobin": (13.4, 0.9),
    "crp": (6.0, 5.0),
    "creatinine": (82.0, 12.0),
    "potassium": (4.2, 0.25),
    "sodium": (139.0, 2.0),
    "hba1c": (56.0, 7.0),
    "tsh": (2.4, 0.9),
    "albumin": (40.0, 2.5),
    "leukocytes": (7.2, 1.6),
}


def blood(journal: Journal, kinds: tuple[str, ...]) -> Vitals:
    """Plausible values; never below what the analysis can tell."""
    made = {}
    for kind in kinds:
        middle, spread = _BLOOD[kind]
        made[kind] = max(journal.rng.gauss(middle, spread), middle * 0.3)
    return made
