"""The problems that people here live with: ICPC-2, ICD-10, the words, and the themes that notes about them take up.

A theme names a list of sentences in `words`; a problem without themes stands in the list and is seldom written about.
"""

from typing import NamedTuple


class Problem(NamedTuple):
    """One row: codes, words, themes."""

    icpc: str
    icd: str
    text: str
    themes: tuple[str, ...] = ()
    days: int | None = None


PROBLEMS = {
    "copd": Problem("R95", "J44.9", "Kronisk obstruktiv lungesykdom (KOLS), GOLD 3", ("breath",)),
    "copd-mild": Problem("R95", "J44.9", "Kronisk obstruktiv lungesykdom (KOLS), GOLD 2", ("breath",)),
    "heart-failure": Problem("K77", "I50.9", "Hjertesvikt", ("heart",)),
    "hypertension": Problem("K86", "I10", "Hypertensjon uten organskade", ("pressure",)),
    "atrial-fibrillation": Problem("K78", "I48.2", "Atrieflimmer, kronisk", ("rhythm",)),
    "angina": Problem("K74", "I20.9", "Stabil angina pectoris", ("heart",)),
    "osteoporosis": Problem("L95", "M81.9", "Osteoporose med tidligere hoftebrudd", ("mobility",)),
    "knee": Problem("L90", "M17.9", "Artrose i kne", ("pain", "mobility")),
    "hypothyroid": Problem("T86", "E03.9", "Hypotyreose"),
    "kidney": Problem("U99", "N18.3", "Kronisk nyresykdom, stadium 3"),
    "incontinence": Problem("U04", "N39.4", "Urininkontinens", ("elimination",)),
    "anxiety": Problem("P74", "F41.9", "Angstlidelse, særlig ved tung pust", ("mood",)),
    "depression": Problem("P76", "F33.1", "Depressiv lidelse, tilbakevendende", ("talk",)),
    "malnutrition": Problem("T05", "E44.0", "Underernæring, moderat", ("nutrition",)),
    "constipation": Problem("D12", "K59.0", "Obstipasjon", ("elimination",)),
    "cataract": Problem("F92", "H25.9", "Katarakt, operert høyre øye"),
    "diabetes": Problem("T90", "E11.9", "Diabetes mellitus type 2", ("glucose",)),
    "diabetes-foot": Problem("T90", "E11.5", "Diabetes mellitus type 2 med perifer karsykdom", ("glucose", "foot")),
    "leg-ulcer": Problem("S97", "I83.0", "Leggsår, venøst, venstre legg", ("ulcer",)),
    "neuropathy": Problem("N94", "G63.2", "Diabetisk polynevropati", ("foot",)),
    "venous": Problem("K95", "I87.2", "Venøs insuffisiens", ("ulcer",)),
    "obesity": Problem("T82", "E66.9", "Fedme"),
    "dementia": Problem("P70", "F00.1", "Demens ved Alzheimers sykdom", ("memory",)),
    "parkinson": Problem("N87", "G20", "Parkinsons sykdom", ("parkinson", "mobility")),
    "ms": Problem("N86", "G35", "Multippel sklerose", ("catheter", "mobility")),
    "stroke": Problem("K90", "I69.3", "Følger etter hjerneinfarkt, høyresidig parese", ("mobility", "peg")),
    "stroke-mild": Problem("K90", "I69.3", "Følger etter hjerneinfarkt", ("swallow", "mobility")),
    "lung-cancer": Problem("R84", "C34.9", "Lungekreft med skjelettmetastaser, palliativ fase", ("palliative",), 260),
    "post-op": Problem("A87", "T81.4", "Sårinfeksjon etter operasjon i buken", ("wound",), 14),
    "rheumatoid": Problem("L88", "M05.9", "Revmatoid artritt", ("pain",)),
    "fall": Problem("A80", "R29.6", "Falltendens", ("mobility",)),
    "opioid": Problem("P19", "F11.2", "Opioidavhengighet, i substitusjonsbehandling (LAR)", ("lar",)),
    "back": Problem("L03", "M54.5", "Korsryggsmerter", ("back",)),
    "pregnancy": Problem("W78", "Z34.9", "Svangerskap", (), 118),
    "asthma": Problem("R96", "J45.9", "Astma", ("breath",)),
    "eczema": Problem("S87", "L20.9", "Atopisk eksem"),
    "premature": Problem("A93", "P07.3", "Født prematurt, uke 34"),
    "worry": Problem("P74", "F41.1", "Generalisert angstlidelse", ("mood",)),
    "bones": Problem("L95", "M81.9", "Osteoporose", ("mobility",)),
    "infarct": Problem("K76", "I25.2", "Koronarsykdom, tidligere hjerteinfarkt", ("heart",)),
    "lipid": Problem("T93", "E78.0", "Hyperkolesterolemi"),
    "gout": Problem("T92", "M10.9", "Urinsyregikt", ("pain",)),
    "migraine": Problem("N89", "G43.9", "Migrene"),
    "epilepsy": Problem("N88", "G40.9", "Epilepsi"),
    "reflux": Problem("D84", "K21.9", "Gastroøsofageal reflukssykdom"),
    "ibs": Problem("D93", "K58.9", "Irritabel tarm"),
    "psoriasis": Problem("S91", "L40.9", "Psoriasis"),
    "shoulder": Problem("L92", "M75.1", "Skuldersyndrom"),
    "hayfever": Problem("R97", "J30.1", "Pollenallergi"),
    "anaemia": Problem("B80", "D50.9", "Jernmangelanemi"),
    "uti": Problem("U71", "N39.0", "Residiverende urinveisinfeksjoner", ("elimination",)),
    "contraception": Problem("W11", "Z30.4", "Prevensjon"),
    "adhd": Problem("P81", "F90.0", "ADHD"),
    "alcohol": Problem("P15", "F10.2", "Alkoholavhengighet", ("talk",)),
    "schizophrenia": Problem("P72", "F20.0", "Schizofreni", ("talk",)),
    "prostate": Problem("Y77", "C61", "Prostatakreft, hormonbehandling", ("pain",)),
    "breast-cancer": Problem("X76", "C50.9", "Brystkreft, operert, antihormonell behandling"),
    "bowel-cancer": Problem("D75", "C18.9", "Tykktarmskreft, operert, kolostomi", ("stoma", "nutrition")),
    "hip-fracture": Problem("L75", "S72.0", "Lårhalsbrudd, operert, under opptrening", ("hip", "pain"), 46),
    "macula": Problem("F84", "H35.3", "Aldersrelatert makuladegenerasjon", ("vision",)),
    "palliative-heart": Problem("K77", "I50.0", "Hjertesvikt, langtkommet, palliativ plan", ("heart",)),
    "violence": Problem("Z12", "T74.1", "Vold i nære relasjoner"),
    "gestational-diabetes": Problem("W85", "O24.4", "Svangerskapsdiabetes", (), 40),
    "otitis": Problem("H71", "H66.9", "Residiverende mellomørebetennelser"),
    "milk": Problem("A92", "K52.2", "Kumelkproteinallergi"),
    "language": Problem("P24", "F80.1", "Forsinket språkutvikling"),
}
