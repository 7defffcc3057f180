"""Numbers said in words: "zéro six douze trente-quatre…", an IBAN or a NIR dictated, "plus trente-trois six".

Nine digits at least, said one after the other: amounts and dates are shorter. "Soixante treize" is 73 or
60 and 13: the hearing that makes a telephone number or has exact check digits wins.
Source: French numerals (Imprimerie nationale, "Nombres en toutes lettres"; septante, huitante, nonante).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, compress
from typing import Final

from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers.iban import mod97
from egide.detection.recognisers.nir import key, plausible
from egide.detection.recognisers.phone_spelled import NUMBERS
from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.gate import SPELLED
from egide.detection.view import View

_FEWEST: Final = 9
# A telephone number in words and figures has three words at least, no farther than "06 12 34".
_FEWEST_WORDS: Final = 3
_FARTHEST: Final = 12
_WORDS: Final = frozenset(word.replace(" ", "-") for word in NUMBERS) | {"cent", "cents"}
_PHONE: Final = 10
_NIR: Final = 15
_CARD: Final = 16
_FRENCH: Final = 25
# Numbers of one chain that may be heard in two ways: an IBAN digit by digit has 25.
_MOST: Final = 40
Digit = tuple[str, tuple[int, int]]


def _said(link: str) -> str:
    """One number in words, the parts of a compound joined by ``link``."""
    below = "|".join(sorted((_linked(word, link) for word in NUMBERS), key=len, reverse=True))
    unit = "deux|trois|quatre|cinq|six|sept|huit|neuf"
    # "cinquante-deux cent cinq cent": the hundred that a unit counts is its own.
    rest = rf"(?:[ -](?!(?:{unit})[ -]cents?\b)(?:{below})(?![a-z]))?"
    return rf"(?:(?:(?:{unit})[ -])?cents?(?![a-z]){rest}|(?:{below})(?![a-z])|[0-9]{{1,4}}(?![0-9a-z]))"


def _linked(word: str, link: str) -> str:
    return "[ -]et[ -]".join(part.replace(" ", link) for part in word.split(" et "))


_GAP: Final = r"[ ,.\-]{1,3}"
_ANY: Final = _said("[ -]")
_ONE: Final = re.compile(rf"(?<![a-z0-9]){_ANY}")
_EXACT: Final = re.compile(rf"(?<![a-z0-9]){_said('-')}")
_CHAIN: Final = re.compile(
    rf"(?<![a-z0-9])(?:plus |[a-z] ?[a-z](?={_GAP}{_ANY}))?(?:{_GAP})?{_ANY}(?:{_GAP}(?:et )?{_ANY}){{3,}}"
)
_HUNDRED: Final = re.compile(r"(?:([a-z]+) )?cents?(?: (.+))?$")


def _value(word: str) -> str:
    """The digits of one number in words."""
    word = word.replace("-", " ")
    if word[0].isdigit():
        return word
    hundred = _HUNDRED.match(word)
    if not hundred:
        return NUMBERS[word]
    return NUMBERS[hundred[1] or "un"] + NUMBERS.get(hundred[2] or "", "0").zfill(2)


def _search(view: View) -> Iterator[Piece]:
    for start, end in _regions(view):
        yield from _pieces(view, start, end)


def _regions(view: View) -> Iterator[tuple[int, int]]:
    """Where number words follow one another, with what may be said just before."""
    pieces = view.pieces
    starts = list(accumulate(map(len, pieces)))[0:-1:2]
    first, last, count = 0, -_FARTHEST, 0
    for place in compress(range(len(starts)), map(_WORDS.__contains__, pieces[1::2])):
        at = starts[place]
        if at - last > _FARTHEST:
            if count >= _FEWEST_WORDS:
                yield max(0, first - _FARTHEST), last + _FARTHEST
            first, count = at, 0
        count += 1
        last = at + len(pieces[2 * place + 1])
    if count >= _FEWEST_WORDS:
        yield max(0, first - _FARTHEST), min(len(view.low), last + _FARTHEST)


def _pieces(view: View, start: int, end: int) -> Iterator[Piece]:
    for chain in _CHAIN.finditer(view.low, start, end):
        said = next(filter(_fits, _ways(chain)), None) or next(_ways(chain))
        if len(said) < _FEWEST or view.text[chain.start() : chain.end()].replace(" ", "").isdigit():
            continue
        head = view.low[chain.start() : said[0][1][0]].rstrip(" ,.-")
        place = (chain.start(), chain.start() + len(head))
        said[:0] = [(char, place) for char in ("+" if head == "plus" else head.replace(" ", "").upper())]
        yield Piece(chain.start(), said[-1][1][1], *_grouped(said))


def _ways(chain: re.Match[str]) -> Iterator[list[Digit]]:
    """The ways to hear the chain: compounds as long as they go, as written, and one of them in two."""
    ones = [one.span() for one in _ONE.finditer(chain.string, *chain.span())]
    yield _digits(chain.string, ones)
    yield _digits(chain.string, [one.span() for one in _EXACT.finditer(chain.string, *chain.span())])
    for i, span in enumerate(ones if len(ones) <= _MOST else ()):
        halves = [one.span() for one in _EXACT.finditer(chain.string, *span)]
        if len(halves) > 1:
            yield _digits(chain.string, ones[:i] + halves + ones[i + 1 :])


def _digits(low: str, spans: list[tuple[int, int]]) -> list[Digit]:
    return [(digit, span) for span in spans for digit in _value(low[span[0] : span[1]])]


def _fits(said: list[Digit]) -> bool:
    """The digits are those of a telephone number, or have the check digits of an IBAN, a NIR or a card."""
    digits = "".join(digit for digit, _ in said)
    if len(digits) == _PHONE:
        return digits[0] == "0" != digits[1]
    if len(digits) == _NIR:
        return plausible(digits) and key(digits[:13]) == int(digits[13:])
    return (len(digits) == _CARD and luhn(digits)) or (len(digits) == _FRENCH and mod97(f"fr{digits}") == 1)


def _grouped(kept: list[Digit]) -> tuple[str, list[tuple[int, int]]]:
    """One number, or telephone numbers said one after the other."""
    if (
        len(kept) > _PHONE
        and not len(kept) % _PHONE
        and all(kept[i][0] == "0" for i in range(0, len(kept), _PHONE))
    ):
        kept = [
            one
            for i, one in enumerate(kept)
            for one in ([(" ", one[1])] if i and not i % _PHONE else []) + [one]
        ]
    return "".join(char for char, _ in kept), [place for _, place in kept]


DISGUISE = Disguise(
    id="spelled",
    how="en toutes lettres",
    source="Imprimerie nationale, Nombres en toutes lettres",
    signs=(SPELLED,),
    search=_search,
    accepted=(
        ("c'est zéro six douze trente-quatre cinquante-six soixante-dix-huit", "c'est 0612345678"),
        ("plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit", "+33612345678"),
        (
            "deux quarante et un zéro trois trente-trois huit cent huit trois cent trente-cinq vingt et un",
            "241033380833521",
        ),
        (
            (
                "F R soixante-seize treize cinquante soixante treize quatre-vingt-douze cinquante-trois zéro "
                "quatre quatre-vingt-huit cinquante-trois quatre-vingt-un zéro trente-deux"
            ),
            "FR7613506013925304885381032",
        ),
        ("trois cent cinquante-deux cent quatre cent soixante-quatre", "352100464"),
    ),
    refused=(
        "deux mille vingt-quatre",
        "trois ou quatre fois par an",
        "un, deux, trois, quatre",
        "2024 12 11 10",
    ),
    layout=True,
)
