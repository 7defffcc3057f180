"""The same carrier with other values: names, firms, places, figures drawn anew; mentions stay linked.

What is drawn comes from open lists (INSEE first names, SIRENE surnames, communes, BAN streets); the way a
value is written (capitals, accents, order, initials) stays the carrier's.
"""

from __future__ import annotations

import gzip
import random
import re
from itertools import accumulate
from pathlib import Path

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import fold
from markup import Carrier, Value

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADDRESSED = frozenset({"EMAIL", "USERNAME", "URL"})
_FIGURED = frozenset({"PHONE", "CONTRACT_REF", "AMOUNT", "ID_DOC", "PLATE", "IP", "BANK_REF", "SECRET"})
_FIXED = Flag.COMMON | Flag.KIND | Flag.LEGAL | Flag.PARTICLE | Flag.STREET | Flag.TITLE
_STARTS = [
    "ver",
    "nov",
    "alt",
    "syn",
    "lum",
    "trans",
    "pro",
    "bio",
    "sol",
    "car",
    "dom",
    "fin",
    "géo",
    "hel",
    "ind",
    "kal",
    "log",
    "max",
    "néo",
    "opt",
    "pol",
    "qua",
    "ren",
    "sa",
    "tec",
    "uni",
    "vi",
    "xal",
    "zé",
    "cré",
    "ava",
    "bor",
    "del",
    "el",
    "fer",
    "gra",
    "isa",
    "jov",
]
_MIDDLES = ["a", "o", "i", "é", "ta", "li", "ra", "no", "vi", "mo", "do", "ma"]
_ENDS = [
    "lis",
    "tis",
    "nor",
    "dia",
    "sys",
    "tech",
    "med",
    "bat",
    "pharm",
    "log",
    "sol",
    "mat",
    "net",
    "form",
    "gec",
    "lec",
    "tal",
    "via",
    "nova",
    "ria",
    "go",
    "one",
    "vert",
    "mar",
    "plan",
    "cap",
    "ix",
    "eo",
    "ys",
    "el",
    "is",
]


class Draws:
    """The lists to draw from: half by frequency, half evenly, so that rare names are seen too."""

    def __init__(self, lists: Path) -> None:
        given = [row for row in _rows(lists / "prenoms_insee.tsv.gz") if int(row[2]) >= 20]
        self.given = [row[0].title() for row in given]
        self._given = list(accumulate(int(row[2]) ** 0.6 for row in given))
        surnames = list(_rows(lists / "patronymes_sirene_ge5.tsv.gz"))
        self.surnames = [row[0].title() for row in surnames]
        self._surnames = list(accumulate(int(row[1]) ** 0.6 for row in surnames))
        known = lexicon()
        self.worded = [name for name in self.surnames[:40_000] if known.get(fold(name), 0) & Flag.COMMON]
        self.communes = [row[1] for row in _rows(lists / "communes_etalab.tsv.gz")]
        self._communes = [(row[3], row[1]) for row in _rows(lists / "communes_etalab.tsv.gz")]
        self.streets = [row[0] for row in _rows(lists / "voies_ban_5dep.tsv.gz")]

    def a_given(self, rng: random.Random) -> str:
        """A first name."""
        if rng.random() < 0.5:
            return rng.choices(self.given, cum_weights=self._given)[0]
        return rng.choice(self.given)

    def a_surname(self, rng: random.Random) -> str:
        """A surname; one in seven is also an everyday word."""
        luck = rng.random()
        if luck < 0.14:
            return rng.choice(self.worded)
        if luck < 0.6:
            return rng.choices(self.surnames, cum_weights=self._surnames)[0]
        if luck < 0.66:
            return f"{rng.choice(self.surnames)}-{rng.choice(self.surnames)}"
        return rng.choice(self.surnames)

    def a_brand(self, rng: random.Random) -> str:
        """A made-up name of a firm."""
        luck = rng.random()
        if luck < 0.12:
            return "".join(rng.choices("ABCDEFGILMNOPRSTV", k=rng.randint(3, 5)))
        middle = rng.choice(_MIDDLES) if rng.random() < 0.4 else ""
        return (rng.choice(_STARTS) + middle + rng.choice(_ENDS)).capitalize()

    def a_place(self, rng: random.Random) -> tuple[str, str]:
        """Postcode and town."""
        return rng.choice(self._communes)


def _rows(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        return [line.rstrip("\n").split("\t") for line in lines]


def redraw(carrier: Carrier, draws: Draws, rng: random.Random) -> Carrier:
    """``carrier`` with its values drawn anew."""
    plain = "noaccent" in carrier.traits or carrier.text.isascii()
    new: dict[tuple[str, str], dict[str, str]] = {}
    values = [piece for piece in carrier.pieces if isinstance(piece, Value)]
    for place, value in enumerate(values):
        key = value.label, value.entity or f"~{place}"
        if value.label == "PERSON":
            _person(value.text, new.setdefault(key, {}), draws, rng)
        elif value.label == "ORGANISATION" and not value.optional:
            _firm(value.text, new.setdefault(key, {}), draws, rng)
    names = {old: word for (label, _), row in new.items() if label == "PERSON" for old, word in row.items()}
    pieces: list[str | Value] = []
    place = -1
    for piece in carrier.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        place += 1
        row = new.get((piece.label, piece.entity or f"~{place}"), {})
        text = _written(piece, row, names, draws, rng)
        text = fold_accents(text) if plain else text
        pieces.append(Value(piece.label, text, piece.entity, piece.optional))
    return carrier.with_pieces(pieces)


def _written(
    value: Value, row: dict[str, str], names: dict[str, str], draws: Draws, rng: random.Random
) -> str:
    if row:
        return _replaced(value.text, row)
    if value.label in _ADDRESSED:
        text = value.text
        for old, word in names.items():
            if len(old) > 3 and old in fold(text):
                text = re.sub(re.escape(old), fold(word).replace("'", "").replace(" ", ""), fold(text))
        return _figures(text, rng) if value.label != "URL" else text
    if value.label == "LOCATION" and not value.optional and rng.random() < 0.7:
        return like(value.text, draws.a_place(rng)[1])
    if value.label == "ADDRESS":
        return _address(value.text, draws, rng)
    if value.label in _FIGURED:
        return _figures(value.text, rng)
    return value.text


def _person(text: str, row: dict[str, str], draws: Draws, rng: random.Random) -> None:
    """Enter a new word for each word of a person's name that has none yet."""
    known = lexicon()
    words = [word for word in _WORD.findall(text) if not known.get(fold(word), 0) & Flag.PARTICLE]
    fresh = [word for word in words if fold(word) not in row]
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    for word in fresh:
        folded = fold(word)
        if len(folded) == 1:
            initials = [new for old, new in row.items() if old[0] == folded]
            row[folded] = initials[0][0] if initials else rng.choice("ABCDEFGHJLMNPRSTVY")
            continue
        short = next(
            (old for old in row if len(old) > 3 and len(folded) > 2 and old.startswith(folded[:3])), ""
        )
        if short:
            row[folded] = row[short][: max(3, len(folded))]
        elif len(words) > 1 and len(capitals) in (0, len(words)):
            # "Jean Dupont": all but the last; a first name of the lists anywhere but first stays one.
            given = word is not words[-1] and not (word is words[0] and _reversed(words))
            row[folded] = draws.a_given(rng) if given else draws.a_surname(rng)
        elif len(words) > 1:
            row[folded] = draws.a_surname(rng) if word in capitals else draws.a_given(rng)
        else:
            row[folded] = (
                draws.a_given(rng) if known.get(folded, 0) & Flag.GIVEN_STRONG else draws.a_surname(rng)
            )


def _reversed(words: list[str]) -> bool:
    """ "perrin lucie": the surname first, by the lists."""
    known = lexicon()
    first, last = known.get(fold(words[0]), 0), known.get(fold(words[-1]), 0)
    return bool(last & Flag.GIVEN_STRONG) and not first & Flag.GIVEN_STRONG


def _firm(text: str, row: dict[str, str], draws: Draws, rng: random.Random) -> None:
    """Enter a new word for each proper word of a firm's name that has none yet; some keep theirs."""
    known = lexicon()
    if "~keep" not in row:
        row["~keep"] = "1" if rng.random() < 0.35 else ""
    if row["~keep"]:
        return
    words = _WORD.findall(text)
    for word in words:
        folded = fold(word)
        flags = known.get(folded, 0)
        if folded in row or flags & _FIXED or len(folded) < 3 or (word.islower() and not text.islower()):
            continue
        luck = rng.random()
        if len(words) == 1:
            row[folded] = draws.a_brand(rng) if luck < 0.75 else draws.a_surname(rng)
        elif luck < 0.55:
            row[folded] = draws.a_surname(rng)
        else:
            row[folded] = draws.a_brand(rng) if luck < 0.75 else draws.a_given(rng)


def _replaced(text: str, row: dict[str, str]) -> str:
    return _WORD.sub(lambda match: like(match.group(), row.get(fold(match.group()), match.group())), text)


def _address(text: str, draws: Draws, rng: random.Random) -> str:
    code, town = draws.a_place(rng)
    found = re.search(r"(\d{5}|\d{2} \d{3})([ ,\n]+)([^\W\d_][^\n,(]*?)(?=$|,|\n| cedex| CEDEX|\()", text)
    if found:
        text = text[: found.start(1)] + code + found[2] + like(found[3], town) + text[found.end(3) :]
    text = re.sub(r"^\d{1,3}\b", lambda match: str(rng.randint(1, 199)), text)
    street = re.match(r"(\d+ ?(?:bis|ter)?,? )([^\W\d_][^\n,\d]{4,}?)(?=[,\n]| –| \d|$)", text)
    if street and rng.random() < 0.4:
        drawn = re.sub(r"^\d+ ", "", rng.choice(draws.streets))
        text = street[1] + like(street[2], drawn[:1].lower() + drawn[1:]) + text[street.end() :]
    return text


def _figures(text: str, rng: random.Random) -> str:
    """Other digits, but the first of each run, and years."""
    return re.sub(r"(?<=\d)\d(?!\d{3}\b(?<=\b(?:19|20)\d\d))", lambda match: str(rng.randrange(10)), text)


def like(model: str, word: str) -> str:
    """``word`` in the capitals of ``model``."""
    if model.islower():
        return word.lower()
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word


def fold_accents(text: str) -> str:
    """``text`` without accents, capitals kept."""
    low = fold(text)
    return "".join(
        c.upper() if old.isupper() and c.isalpha() else c for c, old in zip(low, text, strict=True)
    )
