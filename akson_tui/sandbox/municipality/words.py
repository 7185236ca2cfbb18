"""Sentences of which home care's notes are made: by theme, each finding with the acts that answer it.

A slot in braces must be known to the note, else the sentence is not chosen: `{spo2}`, `{bt}` and the like stand only where
the same visit measured it, so that a note never tells another figure than its Observations. A row is `finding|act|act`.
"""

from functools import lru_cache
from random import Random
from string import Formatter

OPENERS = {
    "morning": (
        "Morgenstell og medisiner.", "Morgentilsyn.", "Hjulpet opp kl. {kl}.", "Sto allerede påkledd da jeg kom.",
        "Satt på sengekanten ved ankomst.", "Vasket ved servanten, hjelp til rygg og bein.", "Dusjet i dag, hår vasket.",
        "Morgenmedisin gitt fra multidose.", "Lå ennå da jeg kom, trengte tid.", "Stell i seng etter eget ønske.",
        "Klarte det meste av stellet selv.", "Frokost og medisiner.", "Våken og pratsom i dag.",
        "Ville vente med dusj til i morgen.", "Stell på badet med tilrettelegging.",
    ),
    "day": (
        "Tilsyn midt på dagen.", "Planlagt tilsyn.", "Innom etter avtale.", "Middag varmet og servert.",
        "Ukentlig tilsyn.", "Hjemmebesøk.", "Oppfølging av forrige tilsyn.", "Medisiner kl. 14 gitt.",
        "Fylt opp medisiner for to uker.",
    ),
    "evening": (
        "Kveldstilsyn.", "Kveldsmedisin gitt fra multidose.", "Kveldsstell på badet.", "Hjulpet i seng kl. {kl}.",
        "Satt foran TV-en ved ankomst.", "Kveldsmat og medisiner.", "Hadde gjort seg klar for natten selv.",
        "Sto i døra og ventet.", "Kort kveldstilsyn.",
    ),
}  # fmt: skip

NIGHTS = (
    "Nattilsyn kl. {kl}. Sov rolig, ikke vekket.",
    "Nattilsyn kl. {kl}. Våken, hadde vært på toalettet. Fulgt tilbake i seng.",
    "Alarm kl. {kl}, hadde trykket i søvne. Alt vel, sov igjen etter ti minutter.",
    "Alarm kl. {kl}: skulle på toalettet og torde ikke gå alene. Støttet fram og tilbake, tørt i sengen.",
    "Nattilsyn kl. {kl}. Urolig, snakket litt sammen, varm drikke. Sov da jeg så innom en halvtime senere.",
    "Nattilsyn kl. {kl}. Skiftet på sengen etter lekkasje. Hud hel.",
    "Alarm kl. {kl}: vondt i beina, krampe. Strukket og tøyd, ga seg. Ikke trengt medisin.",
    "Nattilsyn kl. {kl}. Lå skjevt, snudd og lagt til rette med pute i ryggen.",
    "Nattilsyn kl. {kl}. TV-en sto på, sov i stolen. Ville bli sittende.",
    "Alarm kl. {kl}: hørte lyder i trappa. Gått gjennom leiligheten sammen, dør og vinduer lukket.",
)

CLOSERS = (
    "Ikke annet nytt.", "Fornøyd da jeg gikk.", "Alarmen henger rundt halsen.", "Døra låst etter tilsynet.",
    "Fortsetter som før.", "Sagt fra på vaktskiftet.", "{kin} er orientert.", "Ønsker å klare mest mulig selv.",
    "Ingen endring i tiltak.", "Ses igjen i morgen.",
)  # fmt: skip

THEMES = {
    "breath": ("Respirasjon", (
        "Tungpust ved påkledning, henter seg inn på et par minutter.|Tok pauser underveis.|Veiledet i hvilestilling.",
        "Hoster opp seigt, hvitt slim.|Drukket et glass vann, forstøver med effekt.|Skyllet maske og slange.",
        "Leppepust uten påminning.|Rost for det.",
        "SpO2 {spo2} % på romluft i ro.",
        "SpO2 {spo2} %, rf {rf}, snakker i hele setninger.",
        "SpO2 {spo2} % etter turen fra badet, hentet seg inn i stolen.",
        "Pipelyder ved utpust.|Bedre etter forstøver.|Forstøver gitt, pipelydene borte etter et kvarter.",
        "Slimet gulere enn i går, temp {temp}.|Ber fastlegen vurdere hvis det holder seg gult til over helgen.",
        "Sov i stolen fordi det er lettere å puste sittende.|Hodeenden hevet, ekstra pute.",
        "Må stanse to ganger mellom stue og bad.|Stol satt halvveis i gangen.",
        "Puster lettere i dag.",
        "Har brukt forstøveren {antall} ganger siste døgn.|Minnet om alarmen før pusten blir et problem.",
        "Inhalasjonen tas for fort.|Telt sammen til ti, bedre på andre forsøk.",
        "Tung i pusten ute i kald luft, snudde ved porten.|Gjort øvelsene inne i stedet.",
        "Anstrengt etter trappa, rf {rf}.|Satt ned til pusten var rolig.",
    )),
    "heart": ("Sirkulasjon", (
        "Ankelødem på begge sider, avtrykk til midt på leggen.|Støttestrømper på.|Beina lagt høyt, forklart hvorfor.",
        "Vekt {kg} kg.|Ført i skjema.",
        "Vekt {kg} kg, ingen endring å snakke om.",
        "Ødemet er mindre enn i forrige uke.|Fortsetter med strømper.",
        "Puls {puls}, uregelmessig som kjent.",
        "Beina er slanke, strømpene sitter løst.|Målt for mindre størrelse.",
        "Står opp to ganger på natta for å late vannet.|Tar vanndrivende tidlig på dagen, som avtalt.",
        "Ikke brystsmerter.",
        "Kjenner hjertebank når {hun} legger seg, går over av seg selv.|Bedt {henne} si fra hvis det varer.",
        "Sover med to puter, ikke våknet av tung pust.",
        "Kalde fingre, god farge.|Pledd over fanget.",
        "Blåmerker på underarmene, ikke slått seg.|Bruker blodfortynnende; følges.",
        "Salt skinke i kjøleskapet igjen.|Minnet om å spare på saltet.",
    )),
    "pressure": ("Blodtrykk", (
        "BT {bt}.", "BT {bt}, puls {puls}, etter fem minutter i ro.", "BT {bt} sittende.|Måles på nytt neste uke.",
        "Litt svimmel når {hun} reiser seg fort.|Reiser seg i to trinn.|Satt litt på sengekanten først.",
        "BT {bt}, ikke svimmel ved reising.", "Ikke hodepine eller svimmelhet.",
    )),
    "mobility": ("Bevegelse", (
        "Går stødig med rullator inne.|Gikk sammen til postkassen.",
        "Ustø i svingen ved baderomsdøra.|Ber ergoterapeuten se på håndtaket.|Fjernet matta.",
        "Reiser seg fra stolen på andre forsøk.|Kloss lagt under stolbeina.",
        "Gikk {m} m i gangen med følge.",
        "Støl i hofta etter gårsdagens tur.|Kortere tur i dag.",
        "Støtter seg i møblene i stedet for rullatoren.|Rullatoren satt innen rekkevidde.",
        "Trengte lett støtte over dørstokken.|Meldt behov for terskelkile.",
        "Var ute på trappa og hentet avisa.",
        "Stivere enn vanlig.|Brukte lengre tid, gikk fint.",
        "Øvelsene fra fysioterapeuten er gjort to ganger i dag.|Krysset av på arket.",
        "Gled litt på kjøkkengulvet, falt ikke.|Sokker med sklisikring tatt på.",
    )),
    "pain": ("Smerter", (
        "Vondt i kneet, NRS {nrs} i ro.|Varmepute i tjue minutter, god effekt.|Avlastet med pute under kneet.",
        "Hovent kne, ikke rødt.|Kald pakning et kvarter.",
        "NRS {nrs} ved gange, mindre når {hun} har fått varmet seg opp.",
        "Smertefri i ro.",
        "Våknet av smerter i natt, sovnet igjen etter en time.|Smertene vurderes igjen i kveld.",
        "Tar paracetamol fast, synes den hjelper.",
        "Stiv i hendene en drøy time om morgenen.|Lunkent vann til hendene før frokost.",
        "Klarte ikke å åpne flasken selv.|Åpnet og satt fram, bestilt åpner fra hjelpemiddellageret.",
        "Vondt under stellet.|Avtalt at paracetamol tas en halvtime før.",
    )),
    "elimination": ("Eliminasjon", (
        "Avføring i dag, normal.",
        "Ikke avføring på {dager} dager, magen myk.|Avføringsmiddel gitt.|Plommer til frokost, mer å drikke.",
        "Treg mage, drikker lite.|Et glass vann til hvert måltid er avtalt.",
        "Lekkasje i natt.|Skiftet på sengen, hud smurt med barrierekrem.",
        "Toalettbesøk til faste tider går bra.",
        "Tørr i morges.",
        "Hyppig vannlating, ikke svie, urinen klar.|Avventer stix.",
        "Urinen mørk og konsentrert.|Bedt {henne} drikke mer, mugge satt fram.",
        "Nesten tomt for innlegg.|Inkontinensutstyr bestilt.",
    )),
    "mood": ("Psykisk", (
        "Lei seg, savner selskap.|Satt ned og pratet et kvarter.|Foreslått dagsenteret, vil tenke på det.",
        "Engstelig for natten.|Gått gjennom hva som hjelper når uroen kommer.|Avtalt telefon i kveld.",
        "Rolig og i godt humør.",
        "Fortalte om hytteturene som ung.|Så på bilder sammen.",
        "Gråt litt, ville ikke snakke om hvorfor.|Lar det ligge, spør igjen i morgen.",
        "Redd for å bli en byrde for familien.|Snakket om hva {hun} selv synes {hun} trenger.",
        "Hadde besøk av {kin} i helgen, snakker mye om det.",
        "Urolig da det begynte å mørkne.|Lys tent, radio på.",
        "Sover {timer} timer, våkner tidlig.",
        "Ler av nyhetene igjen.",
        "Vil ikke ha besøk utenom tjenesten.|Respektert, men sagt at vi spør igjen.",
        "Spør hvem som kommer i morgen.|Skrevet på tavla.",
    )),
    "nutrition": ("Ernæring", (
        "Spiste en skive med ost og et halvt glass melk.",
        "Vekt {kg} kg.|Matkort føres i tre dager.",
        "Liten matlyst, middagen sto igjen.|Varmet halv porsjon, spiste den.|Næringsdrikk i stedet.",
        "Drakk hele næringsdrikken.",
        "Spiste godt i selskap.|Satt med til {hun} var ferdig.",
        "Blir mett etter få munnfuller.|Små porsjoner, oftere.",
        "Protesen sitter løst, spiser bløtt.|Time hos tannlege ønskes, {kin} ordner.",
        "Vil helst ha varm mat midt på dagen.|Matombringing foreslått.",
        "Kjøleskapet nesten tomt.|Skrev handleliste.|Kastet gammel mat, {kin} handler.",
        "Har fått sansen for smoothie.|Laget en til i kjøleskapet.",
        "To av tre måltider tatt siste døgn.",
        "Tørr i munnen, drikker lite.|Saft og vann satt fram begge steder.",
        "Havregrøt til frokost.|Beriket med fløte og smør.",
    )),
    "glucose": ("Blodsukker", (
        "Blodsukker {bs} før frokost.|Insulin satt etter plan.",
        "Fastende {bs}.|Insulin i lår, høyre side.",
        "Blodsukker {bs}, hadde spist vafler i går kveld.|Snakket om kvelds uten å pekefingre.",
        "Kjente seg skjelven i går kveld, tok juice selv.|Gjennomgått hva {hun} gjør ved føling.",
        "Setter insulinet selv, jeg ser på dosen.",
        "Glemte kveldsmålingen.|Lapp på kjøkkenbordet.",
        "Innstikkstedene på magen er litt harde.|Bytter side denne uken.",
        "Blodsukker {bs}. Drikker mye vann.|Morgenverdiene sendes fastlegen.",
        "Lite strimler igjen.|Nåler og strimler bestilt.",
    )),
    "foot": ("Føtter", (
        "Føttene sett over: hele, tørre hæler.|Smurt, ikke mellom tærne.",
        "Hard hud under venstre forfot.|Bestilt time hos fotterapeut.",
        "Rødme på lilletåen, skoen trykker.|Byttet til de vide skoene.",
        "Kjenner dårlig under tærne.|Minnet om å se etter stein i skoene.",
        "Varm og tørr hud på begge føtter.",
    )),
    "ulcer": ("Sår", (
        "Leggsåret renere, granulerer i bunnen.|Vasket i lunkent vann, skum over, kompresjon fra tå til kne.",
        "Fibrin i kanten av leggsåret, moderat sekresjon.|Skånsom debridering, skift annenhver dag fortsetter.",
        "Huden rundt leggsåret er oppbløtt.|Sinkpasta på huden rundt, mer absorberende bandasje.",
        "Ikke lukt, ikke varme rundt leggsåret.|Samme opplegg.",
        "Sårkanten på leggsåret flater ut.|Bilde tatt.",
        "Svie ved skift av leggsåret, NRS {nrs}.|Paracetamol en halvtime før neste gang.",
        "Leggen er slankere etter kompresjon.|Kompresjon på før {hun} sto opp.",
        "Bandasjen på leggsåret var gjennomtrukket.|Skiftes daglig ut uken.",
    )),
    "memory": ("Hukommelse", (
        "Husket ikke at {hun} hadde spist frokost.|Satt fram kaffe, lot det ligge.",
        "Lette etter veska, den lå i skapet.|Fast plass til veska avtalt med {kin}.",
        "Spurte etter moren sin.|Snakket om barndomshjemmet, ble roligere.",
        "Kjente meg igjen i dag.",
        "Komfyrvakten har slått ut i natt.|Sagt fra til {kin}.",
        "Hadde to jakker på og ville ut.|Gikk en runde rundt huset sammen.",
        "Svarer greit på enkle spørsmål.",
        "Tok medisinene når jeg ga én om gangen.|Sett svelget.",
        "Avviste stell først.|Gikk fint etter kaffe.",
        "Trodde det var søndag.|Kalenderen flyttet til riktig dag.",
    )),
    "parkinson": ("Parkinson", (
        "Stiv og langsom før medisinen, bedre etter førti minutter.|Ført i on/off-skjema.",
        "Skjelving i høyre hånd i ro.",
        "Fryser til i døråpningen.|Kommer løs når vi teller.|Tape på gulvet fornyet.",
        "Ufrivillige bevegelser en halvtime etter medisin, gikk over.|Ført i skjema.",
        "Lav stemme, må gjentas.|Logopedøvelsene gjort sammen.",
        "Medisin gitt til riktig tid.|Plasteret skiftet til venstre skulder.",
        "Svimmel da {hun} reiste seg, BT {bt}.|Reiste seg i to trinn.",
        "Sikler mer enn før.|Tas opp med nevrologisk poliklinikk.",
    )),
    "catheter": ("Kateter", (
        "Kateteret renner godt, klar urin.|Kateterstell med såpe og vann, latexfrie hansker.",
        "Grums i slangen.|Skylt med 100 ml NaCl, fritt løp.",
        "Posen tømt, {ml} ml.",
        "Rød rundt urinrørsåpningen.|Vasket, slangen festet til låret uten drag.",
        "Spasmer i beina i morges.|Tøyd i ti minutter, ga seg.",
        "Ikke svie, ikke vondt i magen, temp {temp}.",
        "Lekker ved siden av.|Ballong kontrollert, 10 ml.",
    )),
    "peg": ("Sondeernæring", (
        "PEG uten rødme.|Rotert og skylt.", "Sondemat {ml} ml gitt over to timer, ingen kvalme.|Sittende til en time etter.",
        "Hostet da {hun} lå flatt.|Hodeenden hevet i 45 grader.", "Litt sekret rundt porten.|Ny kompress.",
        "Smakte en skje fruktmos sittende, gikk fint.|Logoped orientert.",
        "Tørr i munnen.|Munnstell med tannkrem og fuktepinne.", "Medisinene knust og gitt hver for seg i sonden.",
    )),
    "palliative": ("Lindring", (
        "Smerter NRS {nrs} i ro, mer ved stell.|Ekstradose før stellet, god effekt.|Legen ringt, dosen økes i kveld.",
        "Kvalme om morgenen.|Kvalmestillende gitt, bedre etter en halvtime.",
        "Pumpen går som den skal.|Ny kassett lagt i, kontrollert av to.",
        "Mest i seng, sover mye.|Snudd, puter under leggene.",
        "Vil være hjemme til slutten.|Ført i planen, {kin} er enig.",
        "{kin} har ikke sovet.|Våkekone tilbudt, ønskes fra i morgen.",
        "Snakket lenge med sønnen på telefon i går.",
        "Spiste is, ellers lite.|Det er nok, sier {hun} selv.",
        "Tørr i munnen.|Munnstell, vist {kin} hvordan.",
        "Surkler litt.|Lagt på siden.",
    )),
    "wound": ("Operasjonssår", (
        "Såret i buken er åpent nederst, 2 x 1 cm, rent.|Skylt med NaCl, alginat, dekket.",
        "Mindre gult sekret enn sist.|Samme opplegg, skift i morgen.",
        "Rødmen har trukket seg innenfor streken.|Ny strek tegnet.",
        "Temp {temp}, ikke frysninger.",
        "Vondt når {hun} hoster.|Vist hvordan {hun} holder imot med pute.",
        "Har løftet barnebarnet.|Bedt om å vente seks uker.",
        "Noen stripser løsnet.|De nederste fjernet.",
    )),
    "lar": ("LAR", (
        "Hjemme til avtalt tid, klar i blikket.", "Injeksjon satt i magen, venstre side.|Neste ført i planen.",
        "Sover {timer} timer, ikke sug.", "Har fått brev om ny leilighet.|Avtalt felles møte med Nav.",
        "Tynnere, spiser én gang om dagen.|Måltid på varmestua foreslått.",
        "Kameraten er død, holder seg for seg selv.|Naloksonspray utdelt, bruken repetert.|Spør igjen på torsdag.",
        "Hoster mye, røyker ti om dagen.|Tilbudt hjelp til å slutte, ikke nå.",
        "Tannverk, har utsatt det lenge.|Time hos offentlig tannlege bestilt.",
    )),
}  # fmt: skip


@lru_cache(maxsize=1024)
def slots(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def phrase(rng: Random, sentences: tuple[str, ...], known: dict[str, str]) -> str:
    """One of the sentences whose slots are all known, filled in; empty when there is none."""
    fitting = [text for text in sentences if slots(text) <= known.keys()]
    return rng.choice(fitting).format(**known) if fitting else ""


def situation(rng: Random, theme: str, known: dict[str, str], acting: float = 0.65) -> str:
    """A finding of the theme and, as often as `acting` says, one act that answers it."""
    finding, *acts = phrase(rng, THEMES[theme][1], known).split("|")
    if acts and rng.random() < acting:
        return f"{finding} {rng.choice(acts)}"
    return finding
