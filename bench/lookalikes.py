# ruff: noqa: E501 - a family reads best on its own line
"""A thousand numbers that look like identifiers and are nobody's: how many does the detector touch?

    python bench/lookalikes.py [--seed 1] [--names 0]

Bar codes, ISBN, articles of law, norms, versions, dimensions, lots, part numbers, dates, statistics: each drawn
anew, with valid check digits where its kind has one, in a short sentence of its own. Prints the share touched,
by the rules alone and with everything on, and the families touched. Bar: at most 1 %.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from egide.detection import Detector
from egide.detection.recogniser import discover

Draw = random.Random
RESULTS = Path(__file__).parent / "results"


def digits(rng: Draw, count: int) -> str:
    """``count`` digits, the first not zero."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def ean(rng: Draw, head: str) -> str:
    """An EAN-13 with its check digit."""
    body = head + digits(rng, 12 - len(head))
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body))
    return body + str(-total % 10)


def isbn10(rng: Draw) -> str:
    """An ISBN of ten characters with its check character."""
    body = "2" + digits(rng, 8)
    rest = -sum(int(c) * (10 - i) for i, c in enumerate(body)) % 11
    return f"{body[0]}-{body[1:4]}-{body[4:9]}-{'X' if rest == 10 else rest}"


def date(rng: Draw) -> str:
    """A day of this century."""
    return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(2001, 2027)}"


FAMILIES: dict[str, Callable[[Draw], str]] = {
    "EAN": lambda r: f"Le code-barres du produit est {ean(r, '3')}.",
    "GTIN": lambda r: f"GTIN {ean(r, '0')} sur l'emballage",
    "ISBN-13": lambda r: f"L'ouvrage (ISBN {ean(r, '978')}) est au programme.",
    "ISBN-10": lambda r: f"Voir le manuel, ISBN {isbn10(r)}, chapitre {r.randint(1, 20)}.",
    "ISSN": lambda r: f"Revue trimestrielle, ISSN {digits(r, 4)}-{digits(r, 4)}",
    "DOI": lambda r: f"doi:10.{digits(r, 4)}/j.{r.randint(2001, 2026)}.{digits(r, 5)}",
    "article of law": lambda r: f"Que dit l'article L. {digits(r, 4)}-{r.randint(1, 40)} du code du travail ?",
    "regulation": lambda r: f"Le règlement (UE) {r.randint(2001, 2026)}/{digits(r, 3)} s'applique.",
    "decree": lambda r: f"Le décret n° {r.randint(2001, 2026)}-{digits(r, 4)} a modifié ce point.",
    "case law": lambda r: f"Cass. soc., {date(r)}, n° {r.randint(10, 26)}-{r.randint(10, 24)}.{digits(r, 3)}",
    "norm": lambda r: f"La norme NF EN {digits(r, r.choice((3, 4, 5)))}-{r.randint(1, 9)} exige un essai.",
    "ISO": lambda r: f"Certification ISO {digits(r, 5)}:{r.randint(2001, 2025)} en cours.",
    "NAF code": lambda r: f"Code APE {digits(r, 4)}{r.choice('ABCDEFZ')} : quelles aides ?",
    "customs code": lambda r: f"Nomenclature douanière {digits(r, 4)} {digits(r, 2)} {digits(r, 2)}.",
    "account": lambda r: f"On passe l'écriture au compte {r.choice('1234567')}{digits(r, 5)} à la clôture.",
    "size": lambda r: f"Panneau de {digits(r, 4)} x {digits(r, 4)} x {r.randint(3, 40)} mm, deux faces.",
    "part": lambda r: f"Roulement {digits(r, 4)}-2RS, vis M{r.randint(3, 16)}x{r.randint(10, 90)} zinguée.",
    "tyre": lambda r: f"Pneus {r.randint(155, 285)}/{r.randint(30, 80)} R{r.randint(14, 20)} {r.randint(75, 110)}V.",
    "version": lambda r: f"Mise à jour {r.randint(1, 20)}.{r.randint(0, 20)}.{r.randint(0, 99)}.{r.randint(0, 9)} du logiciel.",
    "build": lambda r: f"Build {digits(r, 8)} du {date(r)} : la page se fige.",
    "batch": lambda r: f"Le lot {digits(r, 7)} est conforme.",
    "serial of a product line": lambda r: f"Série {r.choice('ABKX')}{digits(r, 2)}-{digits(r, 4)}, notice page {r.randint(2, 80)}.",
    "catalogue": lambda r: f"Référence fabricant {digits(r, 6)}, couleur gris anthracite.",
    "date": lambda r: f"Réunion du {date(r)} à {r.randint(8, 19)} h {r.randint(10, 59)}.",
    "ISO date": lambda r: f"Sauvegarde {r.randint(2001, 2027)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}T{r.randint(10, 23)}:{r.randint(10, 59)}:00 terminée.",
    "inhabitants": lambda r: f"La région compte {r.randint(1, 9)} {digits(r, 3)} {digits(r, 3)} habitants.",
    "statistics": lambda r: f"L'échantillon porte sur {r.randint(10, 99)} {digits(r, 3)} réponses, soit {r.randint(1, 99)},{r.randint(0, 9)} %.",
    "pixels": lambda r: f"Image de {digits(r, 4)} x {digits(r, 4)} pixels, {digits(r, 3)} ppp.",
    "coordinates on a plan": lambda r: f"Repère {r.choice('ABCD')}{r.randint(1, 40)} du plan, cote {digits(r, 3)},{digits(r, 2)}.",
    "phone short number": lambda r: f"Appelez le {r.choice(('15', '17', '18', '112', '114', '115', '119', '3919', '3018'))} en cas d'urgence.",
    "form": lambda r: f"Remplir le Cerfa n° {digits(r, 5)}*{r.randint(1, 15):02}.",
    "IDCC": lambda r: f"Convention collective IDCC {digits(r, 4)}, article {r.randint(1, 90)}.",
    "log line": lambda r: f"[{r.randint(10, 99)}:{r.randint(10, 59)}:{r.randint(10, 59)}.{digits(r, 3)}] worker {r.randint(1, 16)} done in {digits(r, 4)} ms",
    "colour": lambda r: f"color: #{r.randrange(16**6):06x}; margin: {r.randint(1, 40)}px;",
    "hash of a version": lambda r: f"Voir le commit {r.randrange(16**7):07x} de la branche main.",
    "chemistry": lambda r: f"CAS {digits(r, 5)}-{digits(r, 2)}-{r.randint(0, 9)}, pictogramme GHS0{r.randint(1, 9)}.",
    "radio": lambda r: f"Fréquence {digits(r, 3)},{digits(r, 3)} MHz, canal {r.randint(1, 99)}.",
    "score": lambda r: f"Le tournoi s'est fini {r.randint(0, 30)}-{r.randint(0, 30)} devant {digits(r, 4)} spectateurs.",
    "recipe": lambda r: f"Compter {digits(r, 3)} g de farine, {digits(r, 2)} cl de lait, {r.randint(10, 60)} min à {r.randint(140, 240)} °C.",
    "energy": lambda r: f"Consommation : {digits(r, 5)} kWh sur {r.randint(2, 12)} mois, {digits(r, 2)} kVA.",
}  # fmt: skip


def texts(seed: int, count: int) -> list[tuple[str, str]]:
    """(family, text), as many of each family as the count allows."""
    rng = random.Random(seed)
    names = list(FAMILIES)
    return [(name, FAMILIES[name](rng)) for name in (names[i % len(names)] for i in range(count))]


def main() -> None:
    """Print and write the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--names", type=int, default=0, help="how many touched texts to show")
    options = parser.parse_args()
    asked = texts(options.seed, options.count)
    figures: dict[str, float] = {}
    for kind, detector in (("rules alone", Detector(discover())), ("everything on", Detector())):
        touched = [(name, text, found) for name, text in asked if (found := detector.detect(text))]
        figures[kind] = len(touched) / len(asked)
        print(f"{kind:14} {len(touched):4} of {len(asked)} touched ({100 * figures[kind]:.1f} %)")
        for name, count in Counter(name for name, *_ in touched).most_common():
            print(f"    {name} {count}")
        for _, text, found in touched[: options.names]:
            print("   ", text, [(f.label, f.recogniser, text[f.start : f.end]) for f in found])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "lookalikes.json").write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
