"""Sentences of which home care's notes are made: by theme, what is found and what is done about it.

A slot in braces must be known to the note (`phrase` skips sentences whose slots are not): `{spo2}`, `{bt}` and the like stand
only where the same visit measured it, so that a note never tells another figure than its Observations.
"""

from functools import lru_cache
from random import Random
from string import Formatter
from typing import NamedTuple


class Theme(NamedTuple):
    """The heading under which a theme is written, findings, and acts."""

    heading: str
    found: tuple[str, ...]
    done: tuple[str, ...]


OPENERS = {
    "morning": (
        "Morgenstell og medisiner.", "Morgentilsyn.", "Hjulpet opp kl. {kl}.", "Sto allerede påkledd da jeg kom.",
        "Satt på sengekanten ved ankomst.", "Vasket ved servanten, hjelp til rygg og bein.", "Dusjet i dag.",
        "Morgenmedisin gitt fra multidose.", "Lå ennå da jeg kom, trengte tid.", "Stell i seng etter eget ønske.",
        "Klarte det meste av stellet selv.", "Frokost og medisiner.", "God morgen, våken og pratsom.",
    ),
    "day": (
        "Tilsyn midt på dagen.", "Planlagt tilsyn.", "Innom etter avtale.", "Middag varmet og servert.",
        "Ukentlig sykepleietilsyn.", "Hjemmebesøk.", "Oppfølging av forrige tilsyn.", "Medisiner kl. 14 gitt.",
    ),
    "evening": (
        "Kveldstilsyn.", "Kveldsmedisin gitt fra multidose.", "Kveldsstell på badet.", "Hjulpet i seng kl. {kl}.",
        "Satt foran TV-en ved ankomst.", "Kveldsmat og medisiner.", "Hadde gjort seg klar for natten selv.",
        "Sto i døra og ventet.", "Kveldstilsyn, kort besøk.",
    ),
    "night": (
        "Nattilsyn kl. {kl}, sov rolig.", "Alarm kl. {kl}.", "Nattilsyn, våken ved ankomst.", "Planlagt nattilsyn.",
    ),
}  # fmt: skip

CLOSERS = (
    "Ikke annet nytt.", "Fornøyd da jeg gikk.", "Alarmen henger rundt halsen.", "Døra låst etter tilsynet.",
    "Fortsetter som før.", "Følges opp ved neste tilsyn.", "Beskjed gitt på vaktskiftet.", "{kin} er orientert.",
    "Ønsker å klare mest mulig selv.", "Ingen endring i tiltak.", "Ny vurdering om en uke.", "Lagt i ettermiddagsrapporten.",
)  # fmt: skip

THEMES = {
    "breath": Theme("Respirasjon", (
        "Tungpust ved påkledning, henter seg inn på et par minutter.",
        "Hoster opp seigt, hvitt slim om morgenen.",
        "Leppepust uten påminning.",
        "SpO2 {spo2} % på romluft i ro.",
        "SpO2 {spo2} %, rf {rf}, snakker i hele setninger.",
        "Pipelyder ved utpust, bedre etter forstøver.",
        "Slimet er gulere enn i går, ikke feber ({temp}).",
        "Sov i stolen fordi det er lettere å puste sittende.",
        "Må stanse to ganger mellom stue og bad.",
        "Puster lett i dag, lufta er klarere sier {hun}.",
        "Har brukt forstøveren {antall} ganger siste døgn.",
        "Hørbar surkling som slipper etter hoste.",
        "Inhalasjonen tas for fort; husker å holde pusten når vi teller sammen.",
        "Tung i pusten i kulda, holder seg inne.",
        "Anstrengt etter trappa, rf {rf}.",
    ), (
        "Veiledet i pusteteknikk og hvilestilling.",
        "Forstøver gitt med effekt.",
        "Skyllet maske og slange, byttet filter.",
        "Ber fastlegen vurdere slimet hvis det holder seg gult.",
        "Minnet om at alarmen skal brukes før pusten blir et problem.",
        "Hodeenden hevet.",
    )),
    "heart": Theme("Sirkulasjon", (
        "Ankelødem på begge sider, avtrykk til midt på leggen.",
        "Vekt {kg} kg.",
        "Vekt {kg} kg, stabil.",
        "Ødemet er mindre enn i forrige uke.",
        "Puls {puls}, uregelmessig som kjent.",
        "Beina er slanke, strømpene sitter løsere.",
        "Står opp to ganger på natta for å late vannet.",
        "Ikke brystsmerter.",
        "Kjenner hjertebank når {hun} legger seg, går over av seg selv.",
        "Sover med to puter, ikke våknet av tung pust.",
        "Kalde fingre, god farge.",
        "Blåmerker på underarmene, bruker blodfortynnende.",
    ), (
        "Støttestrømper på før {hun} sto opp.",
        "Veies på nytt om to dager.",
        "Beina lagt høyt, forklart hvorfor.",
        "Vekten ført i skjema.",
        "Minnet om å spare på saltet.",
    )),
    "pressure": Theme("Blodtrykk", (
        "BT {bt}.",
        "BT {bt}, puls {puls}, etter fem minutter i ro.",
        "Litt svimmel når {hun} reiser seg fort.",
        "Ikke hodepine.",
        "BT {bt} sittende, ikke svimmel ved reising.",
        "Tar blodtrykksmedisinen som den skal.",
    ), (
        "Reiser seg i to trinn, satt litt på sengekanten først.",
        "Verdien lagt til ukens målinger.",
        "Måles på nytt neste uke.",
    )),
    "mobility": Theme("Bevegelse", (
        "Går med rullator inne, stødig.",
        "Ustø i svingen ved baderomsdøra.",
        "Reiser seg fra stolen på andre forsøk.",
        "Gikk {m} m i gangen med følge.",
        "Støl i hofta etter gårsdagens tur.",
        "Støtter seg i møblene i stedet for rullatoren.",
        "Trengte lett støtte over dørstokken.",
        "Var ute på trappa og hentet avisa.",
        "Stivere enn vanlig, trengte lengre tid.",
        "Øvelsene fra fysioterapeuten er gjort to ganger i dag.",
        "Forflytning seng–stol med en person.",
    ), (
        "Fjernet løse tepper i gangen.",
        "Rullatoren satt innen rekkevidde.",
        "Gikk sammen til postkassen.",
        "Sokker med sklisikring tatt på.",
        "Ber ergoterapeuten se på håndtaket ved toalettet.",
    )),
    "pain": Theme("Smerter", (
        "Vondt i kneet, NRS {nrs} i ro.",
        "Knærne er varme og litt hovne.",
        "NRS {nrs} ved gange, mindre når {hun} har fått varmet seg opp.",
        "Smertefri i ro i dag.",
        "Våknet av smerter i natt, sovnet igjen etter en time.",
        "Tar paracetamol fast, synes den hjelper.",
        "Morgenstivhet i hendene en drøy time.",
        "Klarte ikke å åpne brettet med næringsdrikk selv.",
    ), (
        "Varmepute i tjue minutter, god effekt.",
        "Avlastet med pute under kneet.",
        "Smertene vurderes igjen i kveld.",
        "Minnet om å ta paracetamol før stellet, ikke etter.",
    )),
    "elimination": Theme("Eliminasjon", (
        "Avføring i dag, normal.",
        "Ikke avføring på {dager} dager, magen myk.",
        "Treg mage, drikker lite.",
        "Lekkasje i natt, skiftet på sengen.",
        "Toalettbesøk til faste tider går bra.",
        "Bleia tørr i morges.",
        "Går på toalettet selv om dagen.",
        "Hyppig vannlating, ikke svie, urinen klar.",
        "Urinen mørk og konsentrert.",
    ), (
        "Laktulose gitt.",
        "Bedt {henne} drikke et glass til hvert måltid.",
        "Plum og kli i frokostblandingen.",
        "Hud smurt med barrierekrem.",
        "Inkontinensutstyr bestilt.",
    )),
    "mood": Theme("Psykisk", (
        "Lei seg i dag, savner selskap.",
        "Engstelig for natten.",
        "Rolig og i godt humør.",
        "Fortalte om turen til hytta som ung.",
        "Gråt litt, ville ikke snakke om hvorfor.",
        "Bekymret for å bli en byrde for familien.",
        "Hadde besøk av {kin} i helgen, snakker mye om det.",
        "Urolig da det begynte å mørkne.",
        "Sover {timer} timer, våkner tidlig.",
        "Ser på sport og ler igjen.",
        "Orker ikke besøk utenom tjenesten.",
        "Spør hvem som kommer i morgen.",
    ), (
        "Satt ned og pratet et kvarter.",
        "Avtalt telefon i kveld.",
        "Skrev opp på tavla hvem som kommer i morgen.",
        "Gått gjennom hva som hjelper når uroen kommer.",
        "Foreslått dagsenteret, vil tenke på det.",
    )),
    "nutrition": Theme("Ernæring", (
        "Spiste en skive med ost og et halvt glass melk.",
        "Vekt {kg} kg.",
        "Liten matlyst, middagen sto igjen.",
        "Drakk hele næringsdrikken.",
        "Spiste godt i selskap.",
        "Blir mett etter få munnfuller.",
        "Protesen sitter løst, spiser bløtt.",
        "Vil helst ha varm mat midt på dagen.",
        "Kjøleskapet nesten tomt.",
        "Har fått sansen for smoothie.",
        "To av tre måltider tatt siste døgn.",
    ), (
        "Beriket grøten med fløte og smør.",
        "Næringsdrikk satt fram.",
        "Små porsjoner, oftere.",
        "Kastet gammel mat, skrev handleliste.",
        "Avtalt med {kin} om middager til fryseren.",
        "Matkort ført i tre dager.",
    )),
    "glucose": Theme("Blodsukker", (
        "Blodsukker {bs} før frokost.",
        "Fastende {bs}, insulin satt etter plan.",
        "Blodsukker {bs}, hadde spist vafler i går kveld.",
        "Kjente seg skjelven kl. {kl}, tok juice selv.",
        "Setter insulinet selv, jeg ser på dosen.",
        "Glemte kveldsmålingen.",
        "Innstikkstedene på magen er myke, bytter side.",
        "Drikker mye vann, ikke økt vannlating.",
    ), (
        "Insulin satt i lår, høyre side.",
        "Gjennomgått hva {hun} gjør ved føling.",
        "Spiste frokost mens jeg var der.",
        "Nåler og strimler bestilt.",
        "Ber fastlegen se på morgenverdiene.",
    )),
    "foot": Theme("Føtter", (
        "Føttene sett over: hele, tørre hæler.",
        "Hard hud under venstre forfot.",
        "Kjenner ikke monofilament på tre av ti punkter.",
        "Rødme på lilletåen, skoen trykker.",
        "Varm og tørr hud på begge føtter.",
        "Neglene lange, venter på fotterapeut.",
    ), (
        "Smurt med fuktighetskrem, ikke mellom tærne.",
        "Bestilt time hos fotterapeut.",
        "Skoene byttet med de vide.",
    )),
    "ulcer": Theme("Sår", (
        "Leggsåret ser renere ut, granulerer i bunnen.",
        "Fibrin i kanten av leggsåret, moderat sekresjon.",
        "Huden rundt såret er oppbløtt.",
        "Ikke lukt, ikke varme rundt leggsåret.",
        "Sårkanten flater ut.",
        "Svie ved skift, NRS {nrs}.",
        "Leggen er slankere etter kompresjon.",
        "Bandasjen var gjennomtrukket.",
    ), (
        "Vasket i lunkent vann, skum over, kompresjon fra tå til kne.",
        "Sinkpasta på huden rundt.",
        "Bilde tatt og lagt i journalen.",
        "Kompresjon på før {hun} sto opp.",
        "Skift annenhver dag fortsetter.",
    )),
    "memory": Theme("Hukommelse", (
        "Husket ikke at {hun} hadde spist frokost.",
        "Lette etter veska, den lå i skapet.",
        "Spurte etter moren sin.",
        "Kjente meg igjen i dag.",
        "Komfyrvakten har slått ut i natt.",
        "Kledd på seg to jakker, ville ut.",
        "Svarer greit på enkle spørsmål.",
        "Tok medisinene når jeg ga én om gangen.",
        "Avviste stell, gikk fint etter kaffe.",
    ), (
        "Ledet inn i stellet med sang.",
        "Kalenderen flyttet til i dag.",
        "Medisinene sett svelget.",
        "Snakket med {kin} om nøkkelboks og dørsensor.",
        "Gikk en runde rundt huset sammen.",
    )),
    "parkinson": Theme("Parkinson", (
        "Stiv og langsom før medisinen, bedre etter førti minutter.",
        "Skjelving i høyre hånd i ro.",
        "Fryser til i døråpningen, kommer løs når vi teller.",
        "Ufrivillige bevegelser kl. {kl}, gikk over.",
        "Lav stemme, må gjentas.",
        "Medisin gitt til riktig tid.",
        "Svimmel da {hun} reiste seg, BT {bt}.",
    ), (
        "Plasteret skiftet til venstre skulder.",
        "Tidspunktene for on og off ført i skjema.",
        "Tape på gulvet ved dørstokken fornyet.",
        "Reiste seg i to trinn.",
    )),
    "catheter": Theme("Kateter", (
        "Kateteret renner godt, klar urin.",
        "Litt grums i slangen.",
        "Posen tømt, {ml} ml.",
        "Irritert rundt innstikket.",
        "Spasmer i beina i morges.",
        "Ikke feber ({temp}), ikke vondt i magen.",
    ), (
        "Skylt med 100 ml NaCl, fritt løp.",
        "Kateterstell med såpe og vann, latexfri hansker.",
        "Ny pose satt på, slangen festet til låret.",
        "Neste skift er ført i planen.",
    )),
    "peg": Theme("Sondeernæring", (
        "PEG uten rødme, rotert og skylt.",
        "Sondemat {ml} ml gitt over to timer, ingen kvalme.",
        "Hostet da {hun} lå flatt.",
        "Litt sekret rundt porten.",
        "Smakte en skje fruktmos sittende, gikk fint.",
    ), (
        "Hodeenden hevet i 45 grader til en time etter.",
        "Ny kompress rundt porten.",
        "Medisinene knust og gitt hver for seg.",
        "Munnstell med tannkrem og fuktepinne.",
    )),
    "palliative": Theme("Lindring", (
        "Smerter NRS {nrs} i ro, mer ved stell.",
        "Kvalme om morgenen, bedre etter støtdose.",
        "Pumpen går som den skal, {ml} ml igjen.",
        "Mest i seng, sover mye.",
        "Vil være hjemme til slutten.",
        "Kona har ikke sovet, trenger avløsning.",
        "Har snakket med sønnen på telefon i går.",
        "Spiste is, ellers lite.",
    ), (
        "Ny kassett lagt i, kontrollert av to.",
        "Ekstradose gitt med effekt etter tjue minutter.",
        "Munnstell hver annen time er lært bort til kona.",
        "Legen ringt, dosen vurderes på ettermiddagen.",
        "Snudd i sengen, puter under leggene.",
    )),
    "wound": Theme("Operasjonssår", (
        "Såret i buken er åpent nederst, 2 x 1 cm, rent.",
        "Mindre gult sekret enn sist.",
        "Rødmen har trukket seg innenfor streken.",
        "Ikke feber ({temp}).",
        "Vondt når {hun} hoster.",
        "Klarer å løfte barnebarnet, bedt om å vente.",
    ), (
        "Skylt med NaCl, fylt med alginat, dekket.",
        "Stripsene nederst fjernet.",
        "Fortsetter antibiotika til kuren er slutt.",
        "Neste skift i morgen.",
    )),
    "lar": Theme("LAR", (
        "Møtte opp til avtalt tid, klar i blikket.",
        "Satt injeksjon i magen, venstre side.",
        "Sover {timer} timer, ikke sug.",
        "Har fått brev om ny leilighet.",
        "Magrere enn i sommer, spiser én gang om dagen.",
        "Nevner at kameraten er død, holder seg for seg selv.",
        "Hoster mye, røyker fortsatt ti om dagen.",
    ), (
        "Naloksonspray utdelt, bruken repetert.",
        "Avtalt felles møte med Nav.",
        "Måltid på dagsenteret foreslått.",
        "Neste injeksjon ført i planen.",
    )),
}  # fmt: skip


@lru_cache(maxsize=1024)
def slots(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def phrase(rng: Random, sentences: tuple[str, ...], known: dict[str, str], taken: set[str]) -> str | None:
    """A sentence whose slots are all known and which this note does not have yet; None when there is none."""
    fitting = [text for text in sentences if text not in taken and slots(text) <= known.keys()]
    if not fitting:
        return None
    chosen = rng.choice(fitting)
    taken.add(chosen)
    return chosen.format(**known)
