"""Medicines in use: ATC code, words on the packet, dosage as the list has it, and whether they lie in the multidose bag.

`MedicationStatement.category.text` is `Multidose` for what is in the bag; what is outside it is a MedicationRequest when
it is given as needed, else a statement without that category.
"""

from typing import NamedTuple

from .resources import ATC, Resource, concept


class Medicine(NamedTuple):
    """One row: ATC, substance, packet, dosage in words, indication; bag or outside it, as needed or not."""

    atc: str
    substance: str
    packet: str
    dosage: str
    why: str
    bag: bool = True
    as_needed: bool = False


_OUT = {"bag": False}
_NEEDED = {"bag": False, "as_needed": True}

MEDICINES = {
    "metoprolol": Medicine("C07AB02", "Metoprolol", "Metoprolol depottablett 50 mg", "1 tablett kl. 8", "Rytmekontroll"),
    "apixaban": Medicine("B01AF02", "Apiksaban", "Apiksaban tablett 5 mg", "1 tablett kl. 8 og 20", "Forebygger slag"),
    "apixaban-low": Medicine(
        "B01AF02", "Apiksaban", "Apiksaban tablett 2,5 mg", "1 tablett kl. 8 og 20", "Forebygger slag ved atrieflimmer"
    ),
    "furosemide": Medicine("C03CA01", "Furosemid", "Furosemid tablett 40 mg", "1 tablett kl. 8", "Vanndrivende"),
    "ramipril": Medicine("C09AA05", "Ramipril", "Ramipril kapsel 2,5 mg", "1 kapsel kl. 8", "Blodtrykk og hjertesvikt"),
    "losartan": Medicine("C09CA01", "Losartan", "Losartan tablett 50 mg", "1 tablett kl. 8", "Blodtrykk"),
    "amlodipine": Medicine("C08CA01", "Amlodipin", "Amlodipin tablett 5 mg", "1 tablett kl. 8", "Blodtrykk"),
    "atorvastatin": Medicine("C10AA05", "Atorvastatin", "Atorvastatin tablett 40 mg", "1 tablett kl. 20", "Kolesterol"),
    "aspirin": Medicine("B01AC06", "Acetylsalisylsyre", "Acetylsalisylsyre tablett 75 mg", "1 tablett kl. 8", "Blodfortynnende"),
    "levothyroxine": Medicine(
        "H03AA01", "Levotyroksin", "Levotyroksin tablett 75 µg", "1 tablett kl. 7, fastende", "Lavt stoffskifte"
    ),
    "calcium": Medicine(
        "A12AX", "Kalsium og vitamin D3", "Kalsium/vitamin D3 tyggetablett 500 mg/800 IE", "1 tablett kl. 20", "Beinskjørhet"
    ),
    "vitamin-d": Medicine("A11CC05", "Kolekalsiferol", "Kolekalsiferol tablett 20 µg", "1 tablett kl. 8", "Tilskudd"),
    "vitamin-d-drops": Medicine(
        "A11CC05", "Kolekalsiferol", "Kolekalsiferol dråper 80 IE/dråpe", "5 dråper daglig", "Tilskudd", **_OUT
    ),
    "paracetamol": Medicine(
        "N02BE01", "Paracetamol", "Paracetamol tablett 500 mg", "2 tabletter kl. 8, 14 og 20", "Smerter"
    ),
    "escitalopram": Medicine("N06AB10", "Escitalopram", "Escitalopram tablett 10 mg", "1 tablett kl. 8", "Angst og depresjon"),
    "gabapentin": Medicine("N03AX12", "Gabapentin", "Gabapentin kapsel 300 mg", "1 kapsel kl. 8, 14 og 20", "Nervesmerter"),
    "metformin": Medicine("A10BA02", "Metformin", "Metformin tablett 500 mg", "2 tabletter kl. 8 og 18", "Diabetes"),
    "donepezil": Medicine("N06DA02", "Donepezil", "Donepezil tablett 10 mg", "1 tablett kl. 20", "Demens"),
    "lansoprazole": Medicine(
        "A02BC03", "Lansoprazol", "Lansoprazol smeltetablett 30 mg", "1 tablett kl. 7, i sonde", "Magebeskyttelse", **_OUT
    ),
    "folic-acid": Medicine("B03BB01", "Folsyre", "Folsyre tablett 1 mg", "1 tablett daglig, ikke dagen for metotreksat", "Tilskudd"),
    "prednisolone": Medicine("H02AB06", "Prednisolon", "Prednisolon tablett 5 mg", "1 tablett kl. 8", "Leddgikt"),
    "methotrexate": Medicine(
        "L04AX03", "Metotreksat", "Metotreksat tablett 2,5 mg", "6 tabletter samlet hver onsdag, aldri daglig",
        "Leddgikt", **_OUT,
    ),
    "baclofen": Medicine("M03BX01", "Baklofen", "Baklofen tablett 10 mg", "1 tablett kl. 8, 14 og 20", "Spasmer"),
    "levodopa": Medicine(
        "N04BA02", "Levodopa og benserazid", "Levodopa/benserazid kapsel 100 mg/25 mg",
        "1 kapsel kl. 7, 10, 13, 16 og 19", "Parkinsons sykdom", **_OUT,
    ),
    "rotigotine": Medicine(
        "N04BC09", "Rotigotin", "Rotigotin depotplaster 4 mg/24 timer", "1 plaster kl. 8, nytt sted hver dag",
        "Parkinsons sykdom", **_OUT,
    ),
    "insulin-glargine": Medicine(
        "A10AE04", "Insulin glargin", "Insulin glargin penn 100 E/ml", "Etter egen plan kl. 8", "Diabetes", **_OUT
    ),
    "insulin-aspart": Medicine(
        "A10AB05", "Insulin aspart", "Insulin aspart penn 100 E/ml", "Til måltid etter måling, egen skala", "Diabetes", **_OUT
    ),
    "tiotropium": Medicine(
        "R03AL06", "Olodaterol og tiotropium", "Tiotropium/olodaterol inhalasjon 2,5 µg/2,5 µg", "2 inhalasjoner kl. 8",
        "KOLS, fast", **_OUT,
    ),
    "alendronate": Medicine(
        "M05BA04", "Alendronsyre", "Alendronsyre tablett 70 mg", "1 tablett hver søndag kl. 7, fastende, sittende",
        "Beinskjørhet", **_OUT,
    ),
    "acetylcysteine": Medicine(
        "R05CB01", "Acetylcystein", "Acetylcystein brusetablett 600 mg", "1 brusetablett kl. 8", "Seigt slim", **_OUT
    ),
    "dicloxacillin": Medicine(
        "J01CF01", "Dikloksacillin", "Dikloksacillin kapsel 500 mg", "2 kapsler kl. 6, 12, 18 og 24 i 10 dager",
        "Sårinfeksjon", **_OUT,
    ),
    "dexamethasone": Medicine("H02AB02", "Deksametason", "Deksametason tablett 4 mg", "1 tablett kl. 8", "Kvalme og matlyst", **_OUT),
    "buprenorphine": Medicine(
        "N07BC01", "Buprenorfin", "Buprenorfin depotinjeksjon 96 mg", "Hver 4. uke, settes av sykepleier", "LAR", **_OUT
    ),
    "salbutamol": Medicine(
        "R03AC02", "Salbutamol", "Salbutamol inhalasjonsvæske 1 mg/ml", "2,5 ml på forstøver inntil 4 ganger daglig",
        "Tung pust", **_NEEDED,
    ),
    "lactulose": Medicine("A06AD11", "Laktulose", "Laktulose mikstur 670 mg/ml", "15 ml inntil 2 ganger daglig", "Treg mage", **_NEEDED),
    "macrogol": Medicine("A06AD65", "Makrogol", "Makrogol pulver", "1 pose 1–2 ganger daglig", "Treg mage", **_NEEDED),
    "oxazepam": Medicine(
        "N05BA04", "Oksazepam", "Oksazepam tablett 10 mg", "1 tablett ved angst, inntil 2 per døgn", "Angst ved tung pust", **_NEEDED
    ),
    "morphine": Medicine(
        "N02AA01", "Morfin", "Morfin injeksjonsvæske 10 mg/ml", "Smertepumpe 40 mg/24 timer; 5 mg s.c. ved behov",
        "Smerter og tung pust", **_NEEDED,
    ),
    "midazolam": Medicine(
        "N05CD08", "Midazolam", "Midazolam injeksjonsvæske 5 mg/ml", "2,5 mg s.c. ved behov", "Uro i livets sluttfase", **_NEEDED
    ),
}  # fmt: skip


def medication(ident: str, patient: Resource, key: str, start: str, prescriber: Resource) -> Resource:
    """One line of the medication list: a statement, or a request where it is given as needed."""
    row = MEDICINES[key]
    code = concept(ATC, row.atc, row.packet, row.substance)
    dosage = {"text": row.dosage, "patientInstruction": row.why, "asNeededBoolean": row.as_needed}
    if row.as_needed:
        return {
            "resourceType": "MedicationRequest",
            "id": ident,
            "status": "active",
            "intent": "order",
            "category": [{"text": "Utenom multidose"}],
            "medicationCodeableConcept": code,
            "subject": patient,
            "authoredOn": start,
            "requester": prescriber,
            "reasonCode": [{"text": row.why}],
            "dosageInstruction": [dosage],
        }
    made: Resource = {
        "resourceType": "MedicationStatement",
        "id": ident,
        "status": "active",
        "medicationCodeableConcept": code,
        "subject": patient,
        "effectivePeriod": {"start": start},
        "dateAsserted": start,
        "informationSource": prescriber,
        "reasonCode": [{"text": row.why}],
        "dosage": [dosage],
    }
    if row.bag:
        made["category"] = {"text": "Multidose"}
    return made
