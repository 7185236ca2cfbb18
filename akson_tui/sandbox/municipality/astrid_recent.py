"""Astrid Bakken's last thirty days, written by hand: forty entries, each text said once.

The day numbers count back from today. None is 0 (today belongs to whoever uses the sandbox) and none is 30 (so that the
window holds exactly these, whether it is counted in days or in hours).
"""

from .journals import Journal

_FIRST_WEEK = (
    (29, 9, 5, "kari-nilsen", "Sykepleienotat",
     "Morgenstell og medisiner. Satt på sengekanten og hentet pusten da jeg kom, ellers som ved utskrivelsen. SpO2 89 % på "
     "romluft, ikke feber. Inhalasjonsteknikk gjennomgått: trekker for fort inn, bedre på andre forsøk. Vekt 52,4 kg, ned "
     "1,7 på tre uker. Spiser halv porsjon, blir mett fort.\nTiltak: melding til fastlege om vekttap, veies hver uke."),
    (26, 11, 20, "siv-mollestad", "Fysioterapinotat",
     "Hjemmebesøk. Gange med rullator 2 x 25 m i svalgangen, pause mellom. Borg 5, laveste SpO2 86 %, tilbake til 89 % etter to "
     "minutter. Leppepust sitter godt. Sittende øvelser for hofte og kne, 8 repetisjoner av hver.\nMål: til postkassen uten "
     "stans innen seks uker. Øvelsesark henger på kjøkkenet."),
    (25, 8, 50, "ahmed-yusuf", "Pleienotat",
     "Dusj i dag. Vasket ansikt og overkropp selv på dusjkrakken, hjelp til rygg, bein og føtter. Rødme over korsbeinet, 2 x 2 "
     "cm, blekner ved trykk. Barrierekrem smurt, avlastningspute lagt i stolen. Gir beskjed til sykepleier."),
    (23, 8, 40, "kari-nilsen", "Sykepleienotat",
     "Korsbeinet sett på etter beskjed fra Ahmed: rødmen er 1,5 cm, huden hel. Ført i planen som risiko for trykksår. Snur seg "
     "selv i sengen. Blodprøver tatt fra høyre arm etter bestilling fra fastlegen, levert før kl. 11. Næringsdrikk med "
     "sjokoladesmak falt i smak, drakk hele mens jeg var der."),
    (21, 19, 55, "tone-fidje", "Pleienotat",
     "Middagen sto urørt. Varmet suppe, spiste en liten skål mens vi pratet om barnebarnet som skal konfirmeres. Kveldsmedisin "
     "tatt. Hovne føtter etter å ha sittet hele dagen, lagt dem på krakken."),
    (20, 5, 45, "marte-haugland", "Nattnotat",
     "Alarm kl. 03.12: får ikke puste. Satt foroverbøyd på sengekanten, engstelig, snakket i korte setninger. SpO2 86 %, rf 28, "
     "puls 104, BT 148/84, temp 37,2. Klar og orientert. NEWS2 5 (skala 2). Salbutamol 2,5 mg på forstøver kl. 03.20, satt hos "
     "henne og pustet sammen. Etter tjue minutter SpO2 89 %, rf 22, puls 94. Ønsket ikke at legevakt ble ringt; enig i det. "
     "Oksazepam 10 mg kl. 03.50. Ringte kl. 05.30: hadde sovet."),
    (20, 8, 25, "kari-nilsen", "Sykepleienotat",
     "Følger opp nattens alarm. Sliten, men puster rolig, SpO2 89 %. Sier hun ble redd da hun våknet av hoste og det var mørkt. "
     "Gått gjennom rekkefølgen: sette seg opp, leppepust, forstøver, så alarm. Skrevet på et ark ved senga. Slimet hvitt, ikke "
     "mer enn vanlig. Legen kontaktes ved ny alarm."),
)  # fmt: skip

_DOCTOR = (
    "Hjemmebesøk, datter til stede. KOLS GOLD 3, innlagt med forverring for seks uker siden. Nå habituell pust, men avmagret, "
    "BMI 19,6. Forlenget ekspirium, ingen knatrelyder. Lett ankelødem på begge sider. CRP 14, Hb 11,4.\nVurdering: vekttap ved "
    "alvorlig KOLS, ingen holdepunkter for ny infeksjon.\nPlan: næringsdrikk to om dagen, furosemid som før. Vekt hver "
    "uken, beskjed ved + 2 kg på tre dager. Ved angst om natten: leppepust først, oksazepam som nå, ikke øke. Ses om fire uker."
)
_WRONG = "Kveldsmedisin gitt fra multidose. Laktulose 30 ml gitt etter eget ønske, ikke avføring på tre dager. Magen myk, ikke vondt."
_RIGHT = (
    "Retting av notat kl. 20.10: det ble gitt laktulose 15 ml, ikke 30 ml. Ellers som skrevet: ikke avføring på tre dager, magen "
    "myk, ikke vondt. Drikker rundt en liter om dagen."
)
_PHARMACY = (
    "# Legemiddelgjennomgang\n\nKilder: multidoseliste, fastlegens liste, samtale med Astrid og sykepleier.\n\n"
    "- **Metoprolol**: kardioselektiv, beholdes på grunn av flimmer. Følg puls.\n"
    "- **Paracetamol** 3 g/døgn ved 52 kg: foreslår 2 g i perioder med lite knesmerter.\n"
    "- **Alendronsyre**: tatt i snart fem år, foreslår pause.\n"
    "- **Oksazepam** ved KOLS: lavest mulig dose, ikke fast.\n\n"
    "Forslagene er sendt fastlegen. Ingen endring før svar foreligger.\n"
)
_FALL = (
    "Fant Astrid sittende på badegulvet kl. 17.50. Skled på matta på vei til toalettet, rundt 17.30. Ikke slått hodet, ikke "
    "besvimt. Beveger armer og bein fritt, ikke vondt i hoftene. Hudavskrap på høyre underarm, 3 cm, renset og dekket. Opp med "
    "støtte av meg og rullator. BT 128/72 sittende, 122/70 stående. Matta fjernet. Avvik meldt, sykepleier orientert."
)
_FALL_MORE = (
    "Tillegg: snakket med datteren Kristin på telefon kl. 18.50, hun kommer og sover over. Hun minner om at vanlig plaster gir "
    "utslett; byttet til silikonbandasje."
)
_LATER = (
    (16, 8, 30, "kari-nilsen", "Sykepleienotat",
     "Avføring i går kveld, normal. Vekt 52,1 kg. Rødmen over korsbeinet er borte, fortsetter med pute i stolen. BT 134/76. Savner "
     "søsteren som døde i fjor, vil gjerne at presten ringer; sagt fra til datteren."),
    (11, 9, 10, "kari-nilsen", "Sykepleienotat",
     "Dagen etter fallet. Støl i høyre skulder, full bevegelighet, ingen hevelse. Ikke svimmel når hun reiser seg. Underarmen: "
     "hudfliken ligger på plass, litt blod i bandasjen, ingen rødme rundt. Bandasjen skal ligge i to dager til. Fallrisiko vurdert "
     "på nytt: sokker med sklisikring, nattlys i gangen. Toalettstol ved senga ønsker hun ikke."),
    (9, 8, 40, "jens-ropstad", "Sykepleienotat",
     "Bandasjen på underarmen skiftet. Hudfliken har festet seg, såret er rosa og rent, 2 cm igjen. Næringsdrikk: tar én om dagen, "
     "glemmer den på ettermiddagen. Satt lapp på kjøleskapet."),
    (8, 10, 15, "kari-nilsen", "Samtale med pårørende",
     "Samtale med Astrid og datteren Kristin. Kristin er urolig for nettene og spør om korttidsplass. Astrid vil være hjemme så "
     "lenge det går. Enige om: telefon kl. 22.30 i to uker, kveldstilsynet flyttes til kl. 20, søknad om dagsenter to dager i "
     "uken. Kristin lager middager til fryseren. Ny samtale om en måned."),
    (5, 8, 35, "kari-nilsen", "Sykepleienotat",
     "Vekt 53,4 kg, opp 1,3 siden sist. Ankelødem til midt på leggen, avtrykk. Ikke mer tungpust enn ellers, SpO2 90 %. BT 136/78. "
     "Har spist posesuppe til lunsj hele uken. Under grensen fra fastlegen. Tiltak: veies igjen om tre dager, beina høyt, "
     "mindre posesuppe, strømper på før hun står opp."),
    (4, 20, 10, "tone-fidje", "Pleienotat",
     "Kveldstilsyn kl. 20 som avtalt. Hadde varmet lapskaus fra fryseren selv. Hostet litt etter turen fra stua til badet. "
     "Smurt leggene, tørr hud. La seg med radioen på. Telefon kl. 22.30 besvart av henne selv, alt vel."),
    (2, 8, 40, "kari-nilsen", "Sykepleienotat",
     "Vekt 52,9 kg, mindre ødem. Sov hele natten, første gang på lenge. Underarmen er grodd, bandasjen fjernet. SpO2 89 %. Har "
     "fått brev om dagsenter fra neste uke; gleder seg litt og gruer seg litt."),
    (1, 8, 55, "ahmed-yusuf", "Pleienotat",
     "Morgenstell på badet, klarte overkropp, ansikt og tannpuss selv. Hjelp med støttestrømper. Åt havregrøt med fløte og drakk "
     "næringsdrikken. Spurte om Kari kommer i morgen, vil vise henne øvelsene."),
)  # fmt: skip
_PHYSIO = (
    "<h3>Fysioterapi, hjemmebesøk</h3><p>Gikk 40 m med rullator med én pause. Laveste SpO2 87&nbsp;%.</p><ul><li>Reiser seg fra "
    "stol fem ganger på 24 sekunder (sist 31).</li><li>Skulderen er fri etter fallet.</li></ul><p>Øker til 10 repetisjoner. "
    "Dagsenteret får øvelsesarket.</p>"
)


def write_recent(journal: Journal) -> None:
    """The forty entries, oldest first."""
    at = journal.clock.at
    kari = "kari-nilsen"
    journal.measure(at(29, 8, 50), kari, {"weight": 52.4, "spo2": 89})
    notes = {}
    for days, hour, minute, who, title, text in _FIRST_WEEK:
        if days == 20 and hour == 5:
            _night_alarm(journal)
        notes[days, hour] = journal.note(at(days, hour, minute), who, text, title=title)
        if days == 29:
            journal.message(
                at(27, 14, 5), "Helseopplysninger til lege", kari, "ingrid-aanensen",
                "Astrid har gått ned fra 54,1 til 52,4 kg på tre uker. Spiser lite og blir kortpustet av måltidene. Pusten er "
                "ellers som ved utskrivelsen, SpO2 88–90 % på romluft. Ber om vurdering av ernæring og om blodprøver hjemme.",
            )  # fmt: skip
        if days == 25:
            journal.message(
                at(24, 12, 40), "Medisinske opplysninger", "ingrid-aanensen", kari,
                "Takk for melding. Næringsdrikk to om dagen er skrevet ut på blå resept. Ta Hb og CRP hjemme. Furosemid uendret. "
                "Jeg kommer på hjemmebesøk i neste uke.",
            )  # fmt: skip
        if days == 23:
            journal.laboratory(
                at(22, 9, 30), "ingrid-aanensen", {"crp": 14, "haemoglobin": 11.4},
                "Lett forhøyet CRP, som ved forrige prøve. Lett anemi.",
            )  # fmt: skip
    journal.signed(notes[20, 5], "marte-haugland")
    contact = journal.encounter(at(18, 13, 10), 30, "ingrid-aanensen", "HH", "Hjemmebesøk: vekttap og KOLS")
    doctor = journal.note(at(18, 13, 50), "ingrid-aanensen", _DOCTOR, title="Legenotat", encounter=contact)
    journal.signed(doctor, "ingrid-aanensen")
    wrong = journal.note(at(17, 20, 10), "jens-ropstad", _WRONG)
    right = journal.note(at(17, 20, 35), "jens-ropstad", _RIGHT)
    journal.replace(wrong, right)
    journal.signed(right, "jens-ropstad")
    rest = {row[0]: row[1:] for row in _LATER}
    _write(journal, 16, rest)
    journal.note(at(15, 10, 30), "nadia-rahimi", _PHARMACY, title="Legemiddelgjennomgang", content_type="text/markdown")
    fall = journal.note(at(12, 18, 20), "tone-fidje", _FALL, title="Fallnotat")
    more = journal.note(at(12, 19, 5), "tone-fidje", _FALL_MORE, title="Tillegg til fallnotat")
    journal.append(fall, more)
    for days in (11, 9, 8, 5, 4):
        _write(journal, days, rest)
    journal.note(at(3, 12, 15), "siv-mollestad", _PHYSIO, title="Fysioterapinotat", content_type="text/html")
    for days in (2, 1):
        _write(journal, days, rest)


_MEASURED = {
    16: {"weight": 52.1, "over": 134, "under": 76},
    5: {"weight": 53.4, "over": 136, "under": 78, "spo2": 90},
    2: {"weight": 52.9, "spo2": 89},
}


def _write(journal: Journal, days: int, rest: dict[int, tuple[int, int, str, str, str]]) -> None:
    hour, minute, who, title, text = rest[days]
    if days in _MEASURED:
        journal.measure(journal.clock.at(days, hour, minute - 5), who, dict(_MEASURED[days]))
    journal.note(journal.clock.at(days, hour, minute), who, text, title=title)


def _night_alarm(journal: Journal) -> None:
    when = journal.clock.at(20, 3, 17)
    values = {"spo2": 86.0, "respiration": 28.0, "pulse": 104.0, "over": 148.0, "under": 84.0, "temperature": 37.2}
    journal.measure(when, "marte-haugland", {"spo2": 86, "pulse": 104})
    journal.news2(when, "marte-haugland", values, scale2=True)
