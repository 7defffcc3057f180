"""Passages in languages that the network has not learned: German, Italian, Dutch, Spanish, Polish...

Every word of theirs is new to it, and new words look like names. The small words that make up a third of
any text tell such a passage; they are chosen among those that French, English and names do not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.recognisers._said import words

_SMALL: Final = words(
    # German
    "damen herren und ist nicht ich sie wir mit fur auf ihr ihre ihren ihnen dem ein eine einen einer",
    "werden wird haben hat sehr geehrte geehrter geehrten dass bitte vielen dank antwort konnen mussen",
    "auch oder wenn zum zur sind war noch nur aber bei nach unser unsere diese dieser wurden moglich",
    "freundlichen grussen keine kein",
    # Italian
    "signori che per sono della dei nel nella questo questa grazie gentile gentili anche abbiamo sia",
    "dal dalla alla gli siamo vostra vostro nostro nostra perche possiamo purtroppo cordiali saluti piu",
    "delle",
    # Dutch
    "het een voor niet zijn wij naar uw hartelijk bedankt graag ook maar als dat deze worden hebben",
    "kunnen groeten vriendelijke om bij aan heeft wordt",
    # Spanish
    "los las por para una muchas gracias estimado estimados estimada pero porque podemos tenemos muy",
    "este esta saludo saludos hemos nuestro nuestra usted ustedes tambien",
    # Portuguese
    "nao uma pela pelo muito obrigado obrigada voce senhor senhores nossa nosso temos atenciosamente",
    "tambem mas",
    # Polish
    "nie jest sie ze oraz na za dziekujemy prosze szanowni panstwo pan pani pozdrawiam mozemy dla przez",
    "jak ale lub niestety",
)
_REACH: Final = 6
"""Words before and behind that are looked at."""
_FEWEST: Final = 3
_TITLES: Final = words(
    "herr herrn frau heer mevrouw meneer signor signora signore dott senor senora sr sra senhor senhora",
    "pan pani pana panie panu",
)


def unlearned(own: Sequence[str]) -> frozenset[int]:
    """The places of the words (folded) that stand in such a passage: three small words of them close by."""
    hits = [i for i, word in enumerate(own) if word in _SMALL]
    if len(hits) < _FEWEST:
        return frozenset()
    found: set[int] = set()
    for first, last in zip(hits, hits[_FEWEST - 1 :], strict=False):
        if last - first <= 2 * _REACH:
            found.update(range(max(0, first - _REACH), min(len(own), last + _REACH + 1)))
    return frozenset(found)


def borne(own: Sequence[str], first: int, end: int, capitals: Sequence[int]) -> tuple[int, int]:
    """What is somebody's of the run of words ``first`` to ``end`` in such a passage; none if nothing is.

    ``capitals``: the places of its words that have one. People must be known to bear one of them, or a title
    stand before it; then all goes from the first capital to the last. A run with a number stays whole.
    """
    if any(own[i].isdigit() for i in range(first, end)):
        return first, end
    telling = [i for i in capitals if own[i] not in _SMALL]
    known = lexicon()
    if any(known.get(own[i], 0) & Flag.NAME or (i and own[i - 1] in _TITLES) for i in telling):
        return telling[0], telling[-1] + 1
    return first, first
