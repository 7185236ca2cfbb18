"""One person's journal while it is being written: every kind of entry, numbered in the order written.

An *entry* is what the timeline shows as an event (`ENTRY_TYPES`); problems, medicines, allergies, alerts and plans
are standing things and are not counted. Ids hold the person's id, so journals never collide.
"""

from collections import deque
from functools import cached_property
from random import Random

from .body import Usual, Vitals, usual_for
from .clock import Clock, later
from .districts import Circle, circle, key_of
from .measurements import KINDS, blood_pressure, conclusion, news2, observation
from .named import patient_ref
from .people import Person
from .resources import ATC, DOCUMENT, DOCUMENTS, WITHHELD, Resource, attachment, coding, concept, ref
from .staff import author, clinician, employer, service_concept

ENTRY_TYPES = frozenset(
    {
        "DocumentReference",
        "Encounter",
        "Observation",
        "DiagnosticReport",
        "Procedure",
        "Immunization",
        "Communication",
        "ServiceRequest",
    }
)
_CLASSES = {
    "HH": "home health",
    "AMB": "ambulatory",
    "IMP": "inpatient encounter",
    "EMER": "emergency",
    "VR": "virtual",
}
# Who keeps an entry from whom (Volven 9603).
LABELS = {
    "NORS": "Sperret",
    "NORU": "Utsatt innsyn for innbygger",
    "NORN_EPO": "Nektet, eget ønske",
    "NORN_FPB": "Nektet, forsvarlig pasientbehandling",
    "NORN_KUT": "Nektet, klart utilrådelig",
}


class Journal:
    """Collects a person's resources; `entries` are the events, `standing` the rest.

    `settled`: texts are drawn once and from the rows of old, so that what is measured on this journal does not move.
    `mark` is put into each id and into the chance: for what is written after the journal was made.
    """

    def __init__(self, person: Person, clock: Clock, seed: int, *, settled: bool = False, mark: str = "") -> None:
        self.person = person
        self.clock = clock
        self.seed = seed
        self.settled = settled
        self.rng = Random(f"{seed}:{person.ident}{mark and ':' + mark}")
        self.entries: list[Resource] = []
        self.standing: list[Resource] = []
        self.texts: set[str] = set()
        """What the notes say so far."""
        self.said: deque[str] = deque(maxlen=28)
        """The sentences of the last notes written."""
        self.started: dict[str, int] = {}
        """How many days ago each medicine was begun."""
        self.waits_with = ""
        """Why the person waits at the legevakt today, if so: nobody came with that before."""
        self._mark = mark
        self._numbers: dict[str, int] = {}

    @cached_property
    def usual(self) -> Usual:
        """What the person usually measures."""
        return usual_for(self.person, self.clock, self.seed)

    @cached_property
    def circle(self) -> Circle:
        """Who treats the person."""
        return circle(key_of(self.person.city), self.person.district)

    @property
    def patient(self) -> Resource:
        """A new reference to the patient."""
        return patient_ref(self.person)

    def ident(self, kind: str) -> str:
        """The next id of this kind."""
        number = self._numbers.get(kind, 0) + 1
        self._numbers[kind] = number
        return f"{self.person.ident}-{self._mark and self._mark + '-'}{kind}-{number}"

    def add(self, entry: Resource) -> Resource:
        """Takes an entry in, and gives it back."""
        self.entries.append(entry)
        return entry

    def resources(self, newest_first: bool = True) -> list[Resource]:
        """All of it: standing things first, then the entries."""
        return [*self.standing, *(reversed(self.entries) if newest_first else self.entries)]

    def note(
        self,
        when: str,
        who: str,
        text: str,
        *,
        title: str = "Sykepleienotat",
        kind: str = "B02-2",
        content_type: str = "text/plain",
        encounter: Resource | None = None,
        file: Resource | None = None,
    ) -> Resource:
        """A signed note with its text inline, or with `file` (an Attachment) in place of a text."""
        writer = clinician(who)
        self.texts.add(text)
        ident = self.ident("note")
        context: Resource = {"practiceSetting": service_concept(writer.place), "period": {"start": when}}
        if encounter is not None:
            context["encounter"] = [ref("Encounter", encounter["id"])]
        return self.add(
            {
                "resourceType": "DocumentReference",
                "id": ident,
                "status": "current",
                "docStatus": "final",
                "type": {"coding": [coding(DOCUMENT, kind, DOCUMENTS[kind])], "text": title},
                "category": [{"text": "Epikriser og sammenfatninger" if kind.startswith("A") else "Løpende journal"}],
                "subject": self.patient,
                "date": when,
                "author": [author(who)],
                "authenticator": author(who),
                "custodian": employer(who),
                "content": [{"attachment": file or attachment(text, content_type, title, writer.language, when)}],
                "context": context,
            }
        )

    def withhold(self, entry: Resource, code: str) -> Resource:
        """Labels an entry as kept from somebody (a key of LABELS); what it says stays in it."""
        entry["meta"] = {"security": [coding(WITHHELD, code, LABELS[code])]}
        return entry

    def replace(self, old: Resource, new: Resource) -> None:
        """The new note corrects the old one, which stays as it was but superseded."""
        old["status"] = "superseded"
        new["relatesTo"] = [{"code": "replaces", "target": ref("DocumentReference", old["id"])}]

    def append(self, old: Resource, new: Resource) -> None:
        """The new note adds to the old one."""
        new["relatesTo"] = [{"code": "appends", "target": ref("DocumentReference", old["id"])}]

    def signed(self, note: Resource, who: str) -> None:
        """A Provenance on a note: who signed it, for whom, when. It is not an entry."""
        self.standing.append(
            {
                "resourceType": "Provenance",
                "id": self.ident("provenance"),
                "target": [ref("DocumentReference", note["id"])],
                "recorded": note["date"],
                "activity": {"coding": [coding("v3-DocumentCompletion", "LA", "legally authenticated")]},
                "agent": [
                    {
                        "type": {"coding": [coding("provenance-participant-type", "author")]},
                        "who": author(who),
                        "onBehalfOf": employer(who),
                    }
                ],
            }
        )

    def measure(self, when: str, who: str, vitals: Vitals) -> list[Resource]:
        """One Observation for each value; `over` and `under` are one blood pressure."""
        made = []
        if "over" in vitals:
            made.append(
                blood_pressure(
                    self.ident("bp"), self.patient, int(vitals["over"]), int(vitals["under"]), when, author(who)
                )
            )
        made += [
            observation(self.ident(kind), self.patient, kind, value, when, author(who))
            for kind, value in vitals.items()
            if kind in KINDS
        ]
        self.entries += made
        return made

    def news2(self, when: str, who: str, vitals: Vitals, *, oxygen: bool = False, scale2: bool = False) -> Resource:
        """A NEWS2 total with its parts."""
        ident = self.ident("news2")
        return self.add(news2(ident, self.patient, vitals, when, author(who), oxygen=oxygen, scale2=scale2))

    def laboratory(self, when: str, who: str, values: Vitals, said: str = "") -> Resource:
        """A laboratory report and its results: one entry more than there are values. Without `said` the conclusion
        follows from the values."""
        female = self.person.female
        results = [
            observation(self.ident("lab"), self.patient, kind, value, when, author(who), female)
            for kind, value in values.items()
        ]
        self.entries += results
        return self.add(
            {
                "resourceType": "DiagnosticReport",
                "id": self.ident("report"),
                "status": "final",
                "category": [{"coding": [coding("v2-0074", "LAB")]}],
                "code": {"text": "Klinisk biokjemi"},
                "subject": self.patient,
                "effectiveDateTime": when,
                "issued": later(when, 300),
                "performer": [author(who)],
                "result": [ref("Observation", result["id"], result["code"]["text"]) for result in results],
                "conclusion": said or conclusion(values, female),
            }
        )

    def encounter(self, when: str, minutes: int, who: str, code: str, reason: str) -> Resource:
        """A contact that has ended; `code` is v3-ActCode's class."""
        return self.add(
            {
                "resourceType": "Encounter",
                "id": self.ident("contact"),
                "status": "finished",
                "class": coding("v3-ActCode", code, _CLASSES[code]),
                "serviceType": service_concept(clinician(who).place),
                "subject": self.patient,
                "participant": [{"individual": author(who)}],
                "period": {"start": when, "end": later(when, minutes)},
                "reasonCode": [{"text": reason}],
                "serviceProvider": employer(who),
            }
        )

    def message(self, when: str, kind: str, sender: str, receiver: str, text: str) -> Resource:
        """A message between services, named as in the standards for care messages."""
        return self.add(
            {
                "resourceType": "Communication",
                "id": self.ident("message"),
                "status": "completed",
                "category": [{"text": kind}],
                "subject": self.patient,
                "topic": {"text": kind},
                "sent": when,
                "received": later(when, 2),
                "sender": author(sender),
                "recipient": [employer(receiver)],
                "payload": [{"contentString": text}],
            }
        )

    def procedure(self, when: str, who: str, text: str, code: Resource | None = None) -> Resource:
        """Something done."""
        return self.add(
            {
                "resourceType": "Procedure",
                "id": self.ident("procedure"),
                "status": "completed",
                "code": {"coding": [code], "text": text} if code else {"text": text},
                "subject": self.patient,
                "performedDateTime": when,
                "performer": [{"actor": author(who)}],
            }
        )

    def vaccine(self, when: str, who: str, atc: str, text: str) -> Resource:
        """A vaccine given."""
        return self.add(
            {
                "resourceType": "Immunization",
                "id": self.ident("vaccine"),
                "status": "completed",
                "vaccineCode": concept(ATC, atc, text),
                "patient": self.patient,
                "occurrenceDateTime": when,
                "primarySource": True,
                "performer": [{"actor": author(who)}],
            }
        )

    def referral(self, when: str, who: str, text: str, receiver: str) -> Resource:
        """A referral to another service."""
        return self.add(
            {
                "resourceType": "ServiceRequest",
                "id": self.ident("referral"),
                "status": "completed",
                "intent": "order",
                "code": {"text": text},
                "subject": self.patient,
                "authoredOn": when,
                "requester": author(who),
                "performer": [employer(receiver)],
            }
        )
