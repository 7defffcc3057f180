"""Telephone numbers said aloud: "zéro six douze trente-quatre cinquante-six soixante-dix-huit".

Dictated texts write numbers in words. The words of two-digit French numbers are read from a "zéro" on,
and the whole must have ten digits.
Source: Arcep, plan national de numérotation; French numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_UNITS: Final = ("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS: Final = (
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_TENS: Final = {
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    80: "quatre-vingt",
}


def _two_digits() -> dict[str, str]:
    """Every number from 0 to 99 in words, hyphens as spaces, with its digits."""
    words = {word: str(n) for n, word in enumerate(_UNITS)} | {
        word: str(10 + n) for n, word in enumerate(_TEENS)
    }
    for ten, word in _TENS.items():
        rows = _UNITS if ten not in (60, 80) else _UNITS + _TEENS
        for n, unit in enumerate(rows[1:], start=1):
            words[f"{word} {unit}"] = words[f"{word} et {unit}"] = str(ten + n)
        words[word] = str(ten)
    words |= {
        word.replace("vingt ", "vingts ", 1): n
        for word, n in words.items()
        if word.startswith("quatre-vingt ")
    }
    words |= {"quatre vingts": "80", "septante": "70", "nonante": "90", "huitante": "80"}
    return {word.replace("-", " "): digits for word, digits in words.items()}


NUMBERS: Final = _two_digits()
_ONE = re.compile(
    "|".join(sorted((w.replace(" ", "[ -]") for w in NUMBERS), key=len, reverse=True)) + r"(?![a-z])"
)
_GAP = re.compile(r"[ ,.\-]{1,3}")


def _spelled(low: str, start: int) -> int:
    """End of the ten digits said from ``start``, or -1."""
    digits, at = "", start
    while len(digits) < 10:
        match = _ONE.match(low, at)
        if not match:
            return -1
        digits += NUMBERS[match.group().replace("-", " ")]
        end = match.end()
        gap = _GAP.match(low, end)
        at = gap.end() if gap else end
        if not gap:
            break
    return end if len(digits) == 10 and digits[1] != "0" else -1


def _search(view: View) -> Iterator[Finding]:
    past = -1
    for start, _ in view.places("zero"):
        end = _spelled(view.low, start) if start >= past else -1
        if end > 0:
            past = end
            yield Finding(start, end, "PHONE", 0.9, "phone_spelled", "Numéro de téléphone écrit en lettres.")


RECOGNISER = Recogniser(
    id="phone_spelled",
    labels=("PHONE",),
    source="Arcep, plan national de numérotation",
    search=_search,
    accepted=(
        "c'est ⟦zéro sept quatre-vingts onze vingt-trois soixante zéro neuf⟧ merci",
        "au ⟦zéro six douze quarante-cinq zéro neuf trente et un⟧",
        "⟦zéro un, quarante-deux, soixante-dix-huit, quatre vingt douze, zéro zéro⟧",
    ),
    refused=("zéro défaut", "zéro six douze", "de zéro à neuf"),
    words=frozenset({"zero"}),
)
