"""A made-up visit: plausible screens on the terminal's own ground, to tune and test the painter on.

It stands in where no recording of the program is at hand; people and texts are invented.
"""

from __future__ import annotations

from random import Random

from akson_tui.terminal.cells import Cursor, Grid
from akson_tui.terminal.pen import Pens
from tests.bench.frames import Frame

COLUMNS, LINES = 80, 24
TEXT = """
pasienten har hatt en rolig natt og er oppe til frokost ingen tungpust i hvile sår på venstre legg ser rent ut uten
lukt litt væske bandasjen er skiftet etter prosedyre blodtrykk målt sittende tar medisiner selv fra dosett datter
kommer på besøk i ettermiddag avtalt ny kontroll på fredag sover bedre siden sist appetitten er fin hun går til
postkassen med rullator smerter ved stell gitt paracetamol med god virkning
"""
WORDS = TEXT.split()
KINDS = ("Notat", "Måling", "Epikrise", "Legemiddel", "Brev", "Tiltak", "Prøvesvar")
SERVICES = ("Hjemmesykepleien", "Fastlege", "Legevakt", "Fysioterapi", "Sykehuset", "Ergoterapi")
PEOPLE = (
    "Bakken, Astrid", "Solheim, Odd Arne", "Nilsen, Berit", "Dahl, Per", "Moen, Anne Lise", "Lund, Øystein",
    "Haugen, Åse", "Strand, Jens Petter", "Lie, Ingrid", "Berg, Torbjørn", "Said, Fatima", "Eide, Karl Johan",
    "Aasen, Gunvor", "Myhre, Solveig",
)  # fmt: skip
REASONS = (
    "Morgenstell",
    "Sårstell venstre legg",
    "Insulin",
    "Legge dosett",
    "Tilsyn",
    "Blodtrykk og vekt",
    "Øyedråper",
)


class Visit:
    """Draws the screens of one visit into a grid and keeps each as a frame."""

    def __init__(self, pens: Pens, seed: int = 4) -> None:
        self.random = Random(seed)
        self.pens = pens
        self.grid = Grid(COLUMNS, LINES)
        self.frames: list[Frame] = []
        self.bold, self.dim, self.reverse = pens.of_sgr("1"), pens.of_sgr("2"), pens.of_sgr("7")
        self.alarm = pens.of_sgr("1;31")

    def show(self, act: str, cursor: Cursor) -> None:
        """Keep what stands now as a frame of `act`."""
        self.frames.append(Frame.of(act, self.grid, cursor, self.pens))

    def clear(self, top: int = 0, bottom: int = LINES) -> None:
        """Blank the lines `top` … `bottom`."""
        for y in range(top, bottom):
            self.grid.fill(0, y, COLUMNS, 0)

    def line(self, y: int, *parts: tuple[int, str, int]) -> None:
        """Replace line `y` by (column, text, pen) parts."""
        self.grid.fill(0, y, COLUMNS, 0)
        for x, text, pen in parts:
            self.grid.put(x, y, text[: COLUMNS - x], pen)

    def words(self, count: int) -> str:
        """So many words of a journal."""
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def banner(self) -> None:
        """Who the patient is, in the two lines that never leave."""
        self.line(0, (0, "Bakken, Astrid  84 år  kvinne  f. 17.05.1942  170542 00000", self.bold))
        self.line(1, (0, "KRITISK: Penicillin (anafylaksi)", self.alarm), (60, "DEMO  hentet 12.03", self.dim))

    def footer(self, text: str) -> None:
        """The keys of the screen."""
        self.line(LINES - 1, (0, text, self.dim))

    def whole(self) -> list[Frame]:
        """The visit from the worklist to the signed note."""
        self.worklist()
        self.search()
        self.overview()
        self.timeline()
        self.note()
        return self.frames

    def worklist(self) -> None:
        """Today's round, and some steps in it."""
        self.line(0, (0, "Arbeidsliste  tirsdag 24. november", self.bold), (62, "DEMO  hentet 12.03", self.dim))
        self.line(2, (2, "Tid    Pasient                   Årsak                        Nytt", self.dim))
        for number, person in enumerate(PEOPLE):
            time = f"{8 + number // 2:02}.{number % 2 * 30:02}"
            news = ("2 nye", "", "1 ny", "", "")[number % 5]
            reason = self.random.choice(REASONS)
            self.line(3 + number, (2, time, 0), (9, person, self.bold), (35, reason, 0), (64, news, 0))
        self.line(LINES - 3, (2, "Utkast 1   Utboks 0", 0))
        self.footer("Enter åpne  n neste  / søk  g w liste  g u utboks  ? hjelp")
        self.show("first screen", (0, 3))
        for y in range(4, 14):
            self.show("worklist step", (0, y))
        for y in range(12, 8, -1):
            self.show("worklist step", (0, y))

    def search(self) -> None:
        """One field, results that narrow with each letter."""
        self.clear()
        self.line(0, (0, "Søk pasient", self.bold), (62, "DEMO  hentet 12.03", self.dim))
        self.line(2, (0, "> ", self.dim))
        self.footer("Enter åpne  Esc tilbake  navn, fødselsdato eller fødselsnummer")
        self.show("open search", (2, 2))
        typed = ""
        for letter in "bakken":
            typed += letter
            self.grid.put(2, 2, typed, 0)
            hits = [person for person in PEOPLE if typed in person.lower()]
            self.clear(4, LINES - 1)
            for number, person in enumerate(hits[:12]):
                born = f"{17 + number % 12:02}.{1 + number % 12:02}.19{30 + 3 * number % 60}"
                self.line(
                    4 + number, (2, person, 0), (30, born, 0), (44, "Kristiansand", 0), (60, "på din liste", self.dim)
                )
            self.show("search letter", (2 + len(typed), 2))

    def overview(self) -> None:
        """Problems and medication side by side, measurements, plan, latest entries."""
        self.clear()
        self.banner()
        self.line(3, (0, "Problemer", self.bold), (40, "Legemidler", self.bold))
        for number in range(8):
            problem = self.words(3).capitalize()
            self.line(4 + number, (2, problem[:34], 0), (42, self.words(2).capitalize() + " 10 mg x 2", 0))
        self.line(13, (0, "Siste målinger", self.bold))
        self.line(14, (2, "BT 142/88   puls 91   SpO2 89 %   temp 37,9   resp 24      i går 09.10", 0))
        self.line(16, (0, "Siste oppføringer", self.bold))
        for number in range(6):
            self.line(17 + number, (2, f"2{number}.11.", 0), (10, "Notat", 0), (18, self.words(9), 0))
        self.footer("1 oversikt  2 tidslinje  3 målinger  4 legemidler  5 plan  w skriv  ? hjelp")
        self.show("open patient", (0, 4))

    def entry(self, number: int) -> tuple[tuple[int, str, int], ...]:
        """One row of the timeline."""
        draw = Random(number)
        day = f"{28 - number % 28:02}.{12 - number // 28 % 12:02}.{2026 - number // 336}"
        text = " ".join(draw.choice(WORDS) for _ in range(7))
        fresh = self.bold if number % 9 == 0 else 0
        return (2, day, self.dim), (13, draw.choice(KINDS), fresh), (24, draw.choice(SERVICES), 0), (42, text, 0)

    def entries(self, first: int) -> None:
        """The timeline from entry `first` on."""
        for y in range(3, LINES - 1):
            self.line(y, *self.entry(first + y - 3))

    def timeline(self) -> None:
        """All entries: opened, stepped through, scrolled, paged."""
        self.clear()
        self.banner()
        self.footer("Enter les  f filter  s søk  j k flytt  a tillegg  c rett  w skriv  ? hjelp")
        self.entries(0)
        self.show("open timeline", (0, 3))
        for y in range(4, LINES - 1):
            self.show("timeline step", (0, y))
        for first in range(1, 21):
            self.entries(first)
            self.show("timeline scroll", (0, LINES - 2))
        for page in range(1, 9):
            self.entries(20 + 20 * page)
            self.show("page", (0, LINES - 2))
        for page in range(8, 5, -1):
            self.entries(20 * page)
            self.show("page", (0, 3))

    def note(self) -> None:
        """A note typed at its end, then mended in the middle, then looked over."""
        self.clear(2)
        self.line(3, (0, "Nytt notat", self.bold), (70, "Utkast", self.dim))
        self.footer("F9 se over og signer  Esc lukk  F7 målinger")
        self.show("open note", (0, 5))
        text = ""
        for letter in self.words(70)[:400]:
            text += letter
            self.show("type at the end", self._text(text, len(text)))
        at = text.index(" ", 90)
        for letter in " etter samtale med lege":
            text = text[:at] + letter + text[at:]
            at += 1
            self.show("type mid-line", self._text(text, at))
        for _ in range(15):
            text = text[: at - 1] + text[at:]
            at -= 1
            self.show("rub out mid-line", self._text(text, at))
        self.clear(2)
        self.line(3, (0, "Se over før sending", self.bold))
        self.line(5, (0, "Synlig for", self.dim), (14, "Hjemmesykepleien Kristiansand, fastlege, pasienten", 0))
        self._text(text, 0, top=8)
        self.footer("F9 signer  Esc tilbake")
        self.show("look over", (0, 8))
        self.clear(2)
        self.entries(0)
        self.line(
            3, (2, "24.11.2026", self.dim), (13, "Notat", self.bold), (24, "Hjemmesykepleien", 0), (42, text[:36], 0)
        )
        self.footer("Enter les  f filter  s søk  j k flytt  a tillegg  c rett  w skriv  ? hjelp")
        self.show("signed", (0, 3))

    def _text(self, text: str, at: int, top: int = 5) -> tuple[int, int]:
        """Wrap `text` at words from line `top` on; where the character number `at` stands."""
        self.clear(top, LINES - 2)
        x, y, seen = 0, top, 0
        cursor = (0, top)
        for word in text.split(" "):
            if x + len(word) > COLUMNS - 2:
                x, y = 0, y + 1
            if seen <= at <= seen + len(word):
                cursor = (x + at - seen, y)
            self.grid.put(x, y, word, 0)
            x += len(word) + 1
            seen += len(word) + 1
        return cursor
