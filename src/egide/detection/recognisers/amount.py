"""Amounts of money: "1 296,00 €", "24 k€", "€210", "2 650 à 2 900 € brut", "trois mille euros".

Source: ISO 4217 for currencies; Bureau international des poids et mesures for the thin space between
thousands; French usage for k€ and M€, HT and TTC.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import compress

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.recognisers._tokens import tokens
from egide.detection.view import View

_REASON = "Montant d'argent."
_NUMBER = r"(?:[0-9]{1,3}(?:[ .'][0-9]{3})+(?![0-9])|[0-9]+)(?:[.,][0-9]{1,3}(?![0-9]))?"
_UNIT = (
    r"(?:k ?€|m ?€|md ?€|€|k?eur(?:os?)?\b|keuros\b|(?:mille|millions?|milliards?) (?:d'|de |"
    r"d )?(?:euros?|dollars?|francs?|€)|"
    r"£|\$|chf\b|usd\b|gbp\b|mad\b|xof\b|dollars?\b|livres sterling|francs?\b|fcfa\b|balles\b|ke\b|k\b(?!m))"
)
_TAIL = (
    r"(?: ?(?:ht\b|ttc\b|hors taxes?\b|bruts?\b|nets?\b|charges\b))?(?: ?/ ?(?:mois|an|h|hl|jour|"
    r"m2|m²|kg|t)\b)?"
)
# "1 840 e" in chat: only behind a space, since "3e" and "22e" are ranks.
_CHAT = re.compile(rf"{_NUMBER} e(?=[\s/,.)]|$)")
_RANGE = re.compile(rf"{_NUMBER}(?: ?(?:k|mille))?(?: ?(?:a|-|et|/) ?{_NUMBER})? ?{_UNIT}{_TAIL}")
_WHOLE_CENTS = re.compile(r"[0-9]{1,5} ?€ ?[0-9]{2}\b")
_BEFORE = re.compile(rf"(?:€|£|\$|chf|eur|usd|us\$) ?{_NUMBER}(?: ?(?:k|m|bn)\b)?")
_GROUPED = re.compile(r"[0-9] ?$|[0-9][.,']$")
_LETTERS = re.compile(
    r"(?:(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|"
    r"quinze|seize|vingt|vingts|"
    r"trente|quarante|cinquante|soixante|cents?|mille|millions?|et|[a-z]+-[a-z-]+)[ -]+)*"
    r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingts?|trente|"
    r"quarante|cinquante|soixante|cents?|mille|millions?|dix-sept|dix-huit|dix-neuf|"
    r"[a-z]+-(?:deux|trois|quatre|"
    r"cinq|six|sept|huit|neuf|dix|vingts?|cents?|mille))(?: d')? ?(?:euros|dollars|francs)\b"
)


_SIGNS = "€£$"
_WORDS = words(
    "k ke keur keuro keuros eur euro euros mille million millions milliard milliards chf usd gbp mad xof "
    "dollar dollars livres franc francs fcfa balles e",
)
_REACH = 48
# What may stand behind a run of digits, but for a space, in an amount: more digits, a link, a unit.
_GOES_ON = frozenset("0123456789.,'km€ec£$ugxdlfba-/")


def _units(view: View) -> list[int]:
    """Where a sign or a word of money stands."""
    found = [at for sign in _SIGNS for at in view.occurrences(sign)]
    if not _WORDS.isdisjoint(view.vocabulary):
        t = tokens(view)
        found += compress(t.start, map(_WORDS.__contains__, t.word))
    return sorted(found)


def _beside(view: View) -> Iterator[tuple[int, int]]:
    """Runs of digits with a unit right behind, before, or after the number they begin."""
    runs, last = view.runs, 0
    for unit in _units(view):
        past = bisect_left(runs.starts, unit)
        first = max(last, bisect_left(runs.starts, unit - _REACH))
        last = min(past + 1, len(runs.starts))  # "€210"
        yield from runs.spans[first:last]


def _figures(view: View) -> Iterator[tuple[int, int]]:
    low, past = view.low, -1
    chat = "e" in view.vocabulary
    for start, stop in _beside(view):
        if start < past or low[start - 1 : start].isalpha():
            continue
        tail = low[stop : stop + 2]
        match = None
        follows = tail[1:] if tail[:1] == " " else tail[:1]
        # Behind a space, digits only go on as three more.
        apart = follows.isdigit() and tail[0] == " " and not low[stop + 3 : stop + 4].isdigit()
        if follows in _GOES_ON and not apart:
            match = _WHOLE_CENTS.match(low, start) if "€" in tail else None
            match = match or _RANGE.match(low, start) or (_CHAT.match(low, start) if chat else None)
        if match:
            past = match.end()
            yield start, past
        elif start and (low[start - 1] in _SIGNS or low[start - 2 : start - 1] in ("€", "£", "$")):
            head = _BEFORE.match(low, start - 1 if low[start - 1] in _SIGNS else start - 2)
            if head:
                past = head.end()
                yield head.span()


def _in_letters(view: View) -> Iterator[tuple[int, int]]:
    for currency in ("euros", "dollars", "francs"):
        for at, _ in view.places(currency):
            from_ = max(0, at - 70)
            for match in _LETTERS.finditer(view.low, from_, at + len(currency)):
                if match.end() == at + len(currency):
                    start = match.start()
                    # A compound at the head may be a plain word ("peut-etre trois mille euros").
                    yield start, match.end()


def _search(view: View) -> Iterator[Finding]:
    for start, end in (*(_figures(view) if view.digits else ()), *_in_letters(view)):
        while start > 0 and view.low[start - 1] in "-+" and view.low[start - 2 : start - 1] in (" ", ""):
            start -= 1
        yield Finding(start, end, "AMOUNT", 0.9, "amount", _REASON)


RECOGNISER = Recogniser(
    id="amount",
    labels=("AMOUNT",),
    source="ISO 4217 ; BIPM, brochure du SI, 5.4.4",
    search=_search,
    accepted=(
        "un total de ⟦1 296,00 €⟧",
        "devis de ⟦7 500 € HT⟧ signé",
        "budget ⟦24 k€⟧ maximum",
        "the price is ⟦€210⟧ each",
        "entre ⟦2 650 à 2 900 € brut⟧",
        "soit ⟦3'180 francs⟧",
        "une rallonge de ⟦vingt mille euros⟧",
        "la moitié soit ⟦1 460 euros⟧",
    ),
    refused=(
        "le 12 mars à 14 h 30",
        "64 mètres carrés en 3 lots",
        "la zone euro et les euros",
        "article 700 du code",
    ),
)
