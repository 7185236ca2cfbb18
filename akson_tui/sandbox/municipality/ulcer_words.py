"""What is written when a leg ulcer is dressed: by aspect and by how it goes (worse, still, better), in bokmål and nynorsk.

Each list is only drawn from when the ulcer is in that state, so that a note never calls a growing ulcer better. `{size}` is
length x width in centimetres, as measured the same day.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """One language's sentences: openers with the size, then per state bed, edge and skin, pain, treatment, plan."""

    opener: tuple[str, ...]
    bed: dict[str, tuple[str, ...]]
    skin: dict[str, tuple[str, ...]]
    pain: tuple[str, ...]
    dressing: dict[str, tuple[str, ...]]
    aside: tuple[str, ...]
    plan: dict[str, tuple[str, ...]]
    healed: tuple[str, ...]


NB = Words(
    opener=(
        "Leggsår venstre, {size} cm.", "Sårstell. Leggsåret måler {size} cm.", "Skift på leggsår: {size} cm.",
        "Leggsåret stelt, {size} cm i dag.", "Stell av leggsår på venstre legg, {size} cm.",
        "Hjemmebesøk, leggsår {size} cm.", "Kompresjon av, leggsåret {size} cm.",
    ),
    bed={
        "worse": ("Gulgrønt belegg over halve sårbunnen.", "Mer fibrin enn sist, lite granulasjon.", "Misfarget bunn, blør lett ved berøring.",
                  "Fuktig nekrose i nedre kant.", "Dypere i midten, ca. 4 mm.", "Sårbunnen er blek og slapp."),
        "still": ("Fibrin {f} %, resten granulasjon.", "Granulasjon {g} %, tynt belegg.", "Sårbunnen som sist.", "Rød bunn, noe fibrin langs kanten.",
                  "Uendret bunn, ikke lukt."),
        "better": ("Ren, rød sårbunn.", "Granulerer godt, {g} %.", "Lite fibrin, løsnet lett med pinsett.", "Epitel fra øvre kant.",
                   "Grunnere enn sist, nesten i nivå med huden.", "Fast, fin granulasjon."),
    },
    skin={
        "worse": ("Rødme 3 cm ut fra kanten, varm.", "Rikelig sekresjon, gjennom bandasjen.", "Hvit, oppbløtt hud rundt.", "Søtlig lukt.",
                  "Leggen hoven, kompresjonen hadde sklidd.", "Eksem rundt, klør."),
        "still": ("Moderat sekresjon, holder to døgn.", "Huden rundt tørr og flassende.", "Lett oppbløtt i nedre kant.", "Ødem til midt på leggen.",
                  "Ikke rødme rundt."),
        "better": ("Sparsom sekresjon.", "Huden rundt er hel.", "Slankere legg, god tilpasning av kompresjon.", "Flate kanter.", "Ingen rødme eller varme."),
    },
    pain=("Smerter NRS {nrs} ved skift.", "Ikke vondt i dag.", "Svir ved vask, går over.", "Tok paracetamol en time før, NRS {nrs}.", "Våknet av smerter i natt.",
          "Kjenner lite i foten, som vanlig."),
    dressing={
        "worse": ("Vasket i tempererte omslag med eddik, sølvbandasje, superabsorbent.", "Skylt, hydrofiber med sølv, dobbel pute.",
                  "Mekanisk rens med pinsett, honningkompress, skift daglig.", "Sinkpasta på kantene, superabsorbent, tolags kompresjon."),
        "still": ("Vasket i lunkent vann, hydrofiber, skum, tolags kompresjon.", "Rens med såpefri klut, skumbandasje, kompresjon fra tå til kne.",
                  "Alginat i bunnen, skum over, kompresjon.", "Fotbad, barrierekrem på kantene, skumbandasje, kortstrekk."),
        "better": ("Skylt, tynt skum, kompresjon.", "Vasket, kontaktlag med silikon, kompresjonsstrømpe klasse 2.", "Skylt, skumbandasje som ligger i tre døgn."),
    },
    aside=("Blodsukker litt høyere enn han liker, sier han selv.", "Sitter mye ute på verandaen med beinet ned.", "Marit var med og så på hvordan strømpen tas på.",
           "Ikke jodholdig bandasje, kontakteksem.", "Har gått to turer til butikken.", "Spiser mer protein, egg til frokost.", "Fotpulser kjennes svakt, som før.",
           "Hele hæler, ingen nye trykkmerker.", "Hansker og frakk etter MRSA-rutinen.", "Har sluttet å klø på leggen.", "Vil på hytta i helgen, får med utstyr."),
    plan={
        "worse": ("Bilde sendt sårpoliklinikken.", "Penselprøve tatt.", "Fastlegen ringt, ser på det i morgen.", "Skift daglig til det roer seg.", "Måler temp morgen og kveld."),
        "still": ("Skift annenhver dag.", "Måles igjen om en uke.", "Samme opplegg.", "Ber Per Dahl vurdere ankel–arm-indeks på nytt."),
        "better": ("Skift hver tredje dag.", "Fortsetter uendret.", "Bilde tatt til sammenligning.", "Gradvis over på strømpe."),
    },
    healed=("Leggen hel. Tynn, rosa hud der leggsåret satt. Smurt, kompresjonsstrømpe på.", "Ingen åpne sår på leggene. Strømpene brukes hver dag.",
            "Arret etter leggsåret er mykt. Føttene sett over, hele.", "Litt eksem på ankelen, fuktighetskrem. Ikke leggsår.",
            "Kontroll av legger og føtter: hele. Nye strømper bestilt."),
)  # fmt: skip

NN = Words(
    opener=(
        "Leggsår venstre, {size} cm.", "Sårstell. Leggsåret måler {size} cm.", "Skift på leggsår: {size} cm.", "Leggsåret stelt, {size} cm i dag.",
        "Heimebesøk, leggsår {size} cm.", "Tok av kompresjonen, leggsåret {size} cm.",
    ),
    bed={
        "worse": ("Gulgrønt belegg over halve sårbotnen.", "Meir fibrin enn sist, lite granulasjon.", "Blør lett når eg tek på det.", "Djupare i midten, kring 4 mm.",
                  "Våt nekrose i nedre kant."),
        "still": ("Fibrin {f} %, elles granulasjon.", "Sårbotnen som sist.", "Raud botn, noko fibrin langs kanten.", "Uendra, ikkje lukt."),
        "better": ("Rein, raud sårbotn.", "Granulerer fint, {g} %.", "Epitel frå øvre kant.", "Grunnare enn sist.", "Lite fibrin, losna lett."),
    },
    skin={
        "worse": ("Raud og varm 3 cm ut frå kanten.", "Mykje væske, gjennom bandasjen.", "Kvit, oppbløytt hud rundt.", "Leggen hoven, kompresjonen hadde sige ned.", "Luktar søtleg."),
        "still": ("Moderat væske, held i to døgn.", "Huda rundt er tørr og flassar.", "Ødem til midt på leggen.", "Ikkje raudt rundt."),
        "better": ("Lite væske.", "Huda rundt er heil.", "Slankare legg.", "Flate kantar."),
    },
    pain=("Smerter NRS {nrs} ved skift.", "Ikkje vondt i dag.", "Svir når eg vaskar, gjev seg fort.", "Tok paracetamol ein time før.", "Vakna av smerter i natt."),
    dressing={
        "worse": ("Eddikomslag, sølvbandasje, superabsorbent.", "Reinsa med pinsett, honningkompress, skift dagleg.", "Sinkpasta på kantane, dobbel pute, tolags kompresjon."),
        "still": ("Vaska i lunka vatn, hydrofiber, skum, tolags kompresjon.", "Alginat i botnen, skum over, kompresjon frå tå til kne.", "Fotbad, krem på kantane, skumbandasje, kortstrekk."),
        "better": ("Skylt, tynt skum, kompresjon.", "Vaska, kontaktlag av silikon, strømpe klasse 2.", "Skylt, skum som kan liggje i tre døgn."),
    },
    aside=("Sit mykje ute med beinet ned, minna han på det.", "Marit såg på korleis strømpa skal på.", "Ikkje jod, kontakteksem.", "Har gått tur i dag.", "Heile hælar.",
           "Fotpulsane er svake, som før.", "Hanskar og frakk etter MRSA-rutinen.", "Skal på hytta i helga, får med utstyr."),
    plan={
        "worse": ("Bilete sendt sårpoliklinikken.", "Penselprøve teken.", "Ringt fastlegen, ser på det i morgon.", "Skift dagleg til det roar seg."),
        "still": ("Skift annankvar dag.", "Måler att om ei veke.", "Same opplegg."),
        "better": ("Skift kvar tredje dag.", "Held fram som før.", "Bilete teke til samanlikning."),
    },
    healed=("Leggen er heil. Tynn, rosa hud der leggsåret var. Smurt, strømpe på.", "Ingen opne sår. Strømpene er i bruk kvar dag.",
            "Kontroll av legger og føter: heile. Nye strømper tinga."),
)  # fmt: skip

BY_LANGUAGE = {"nb": NB, "nn": NN}
