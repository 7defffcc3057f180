"""The words by which a model may call what a placeholder stands for: ours, a plural, a translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from egide.detection.view import fold

# What models put in the place of our word when they translate it. Capitals: see ``Words.fit``.
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "PERSONNE": ("PERSON", "NOM", "NAME"),
    "ADRESSE": ("ADDRESS",),
    "LIEU": ("PLACE", "LOCATION"),
    "ENTREPRISE": ("COMPANY", "ORGANISATION", "ORGANIZATION", "SOCIETE"),
    "EMAIL": ("MAIL", "COURRIEL"),
    "TELEPHONE": ("PHONE", "TEL"),
    "NAISSANCE": ("BIRTH",),
    "FISCAL": ("TAX",),
    "PASSEPORT": ("PASSPORT",),
    "PERMIS": ("LICENCE", "LICENSE"),
    "PLAQUE": ("PLATE",),
    "TVA": ("VAT",),
    "CARTE": ("CARD",),
    "MONTANT": ("AMOUNT",),
    "CONTRAT": ("CONTRACT",),
    "DOSSIER": ("CASE", "FILE"),
    "CLIENT": ("CUSTOMER",),
    "SANTE": ("HEALTH",),
    "COMPTE": ("ACCOUNT",),
    "TERME": ("TERM",),
}

_LETTERS = [letter for letter in map(chr, range(ord("A"), 0x180)) if letter.isalpha()]


@dataclass(frozen=True, slots=True)
class Words:
    """The words that fit the placeholders of a session, in small letters without accents.

    ``own`` fit in any case; ``other`` only in capitals or in brackets, so that ordinary words such as
    "nom" or "mail" never make a stream wait. ``firsts``: the characters, accented or not, that one of them
    begins with.
    """

    own: frozenset[str]
    other: frozenset[str]
    own_starts: frozenset[str]
    other_starts: frozenset[str]
    firsts: frozenset[str]

    def fit(self, word: str, *, strict: bool) -> bool:
        """Whether ``word`` (folded) may stand before a code."""
        return word in self.own or (not strict and word in self.other)

    def may_begin(self, start: str, *, strict: bool) -> bool:
        """Whether a word that fits, or a plural of it, begins with ``start`` (folded) or is it."""
        return start in self.own_starts or (not strict and start in self.other_starts)


@lru_cache(maxsize=512)
def words(shown: frozenset[str]) -> Words:
    """Of a session whose placeholders show the words ``shown``."""
    own = _with_plural(word.lower() for word in shown)
    other = _with_plural(alias.lower() for word in shown for alias in ALIASES.get(word, ()))
    starts = _starts(own), _starts(other)
    firsts = frozenset(one for one in _LETTERS if any(fold(one) in found for found in starts))
    return Words(own, other, *starts, firsts)


def _with_plural(found: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in found for form in (word, word + "s"))


def _starts(found: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:size] for word in found for size in range(1, len(word) + 1))
