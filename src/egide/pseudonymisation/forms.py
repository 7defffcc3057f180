"""The forms in which a model may give a placeholder back, and one matcher for all of them.

    [PERSONNE_7K4Q2M]  [personne_7k4q2m]  [ Personne - 7K4Q2M ]  PERSONNE_7K4Q2M  PERSONNE7K4Q2M
    <PERSONNE_7K4Q2M>  {{…}}  【…】  \\[PERSONNE\\_7K4Q2M\\]  [**PERSONNE_7K4Q2M**]  &lt;…&gt;
    [PERSON_7K4Q2M]  [TÉLÉPHONE_7K4Q2M]  [7K4Q2M]  d'[…]  l'[…]  […]s  (PERSONNE_7K4Q2M)

``Matcher.match`` decides at one position and looks at no character that it does not need; when it needs
one that has not come yet it raises ``NeedMore``. What it answers thus never depends on how the text was
cut, which is the whole invariant of restoration in a stream.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from egide.detection.view import fold
from egide.pseudonymisation.placeholders import SIZE

LONGEST_RUN: Final = 24  # letters and digits in a row: a word of at most 16, a code, a plural s
_NOISE: Final = frozenset(" \t\u00a0\u202f\u200b\\*_`~\"'")
_NOISE_IN_BRACKETS: Final = _NOISE | frozenset("\r\n")
_SEPARATORS: Final = _NOISE | frozenset("-‐‑‒–—:.#|/=")
_MOST_NOISE, _MOST_SEPARATORS = 4, 6
_ESCAPED_LOW_LINE: Final = ("&#95;", "&lowbar;", "\\u005f", "\\u005F")

# What opens a placeholder, and what may then close it. A backslash before any of them is part of it.
_SQUARE: Final = ("]", "&#93;", "&rsqb;", "&rbrack;", "&#x5d;", "&#x5D;", "\\u005d", "\\u005D", "］")
_ANGLE: Final = (">", "&gt;", "&#62;", "&#x3e;", "&#x3E;", "\\u003e", "\\u003E")
OPENERS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("[", "&#91;", "&lsqb;", "&lbrack;", "&#x5b;", "&#x5B;", "\\u005b", "\\u005B", "［"), _SQUARE
    ),
    **dict.fromkeys(("<", "&lt;", "&#60;", "&#x3c;", "&#x3C;", "\\u003c", "\\u003C"), _ANGLE),
    "{": ("}",),
    "【": ("】",),
    "⟦": ("⟧",),
}
_MOST_DEPTH, _MOST_BACKSLASHES = 2, 4

# Words that a model may put in the place of ours, by translating it.
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
_ACCENTED: Final = {"A": "AÀÂÄ", "C": "CÇ", "E": "EÉÈÊË", "I": "IÎÏ", "O": "OÔÖ", "U": "UÙÛÜ"}


class NeedMore(Exception):  # noqa: N818 - not an error: the answer depends on text still to come
    """The next characters decide."""


class Matcher:
    """Finds placeholders whose code is in ``codes`` (upper case) and whose words are ``words``."""

    def __init__(self, codes: Collection[str], words: Collection[str]) -> None:
        self._codes = codes
        self._words = frozenset(words).union(*(ALIASES.get(word, ()) for word in words))
        self.starts = _starts(self._words)

    def match(self, text: str, start: int, final: bool) -> tuple[int, str] | None:
        """(end, code) of the placeholder at ``start``, or None. ``final``: nothing follows ``text``."""
        cursor = Cursor(text, final)
        opened = _opener(cursor, start)
        if opened is None:
            return self._bare(cursor, start)
        inside, closers, depth = opened
        found = self._inside(cursor, _skip(cursor, inside, _NOISE_IN_BRACKETS, _MOST_NOISE))
        if found is None:
            return None
        end, code = found
        return _closed(cursor, end, closers, depth), code

    def _bare(self, cursor: Cursor, start: int) -> tuple[int, str] | None:
        end = self._word_end(cursor, start)
        if end is None:
            return None
        return self._glued(cursor, start, end) or self._separated(cursor, start, end, known=True)

    def _inside(self, cursor: Cursor, start: int) -> tuple[int, str] | None:
        end = cursor.run(start)
        if end is None or end == start:
            return None
        alone = cursor.text[start:end].upper()
        if len(alone) == SIZE and alone in self._codes:
            return end, alone
        return self._glued(cursor, start, end) or self._separated(cursor, start, end, known=False)

    def _word_end(self, cursor: Cursor, start: int) -> int | None:
        """End of the run at ``start`` if it may be one of our words, alone or with a code glued to it."""
        try:
            return cursor.run(start)
        except NeedMore:
            so_far = _plain(cursor.text[start:])
            if any(word.startswith(so_far) or so_far.startswith(word) for word in self._words):
                raise
            return None

    def _glued(self, cursor: Cursor, start: int, end: int) -> tuple[int, str] | None:
        """``PERSONNE7K4Q2M``, with a plural s or not."""
        for stop in (end, end - 1):
            code = cursor.text[stop - SIZE : stop].upper()
            if stop - SIZE <= start or code not in self._codes:
                continue
            if _plain(cursor.text[start : stop - SIZE]) in self._words and _plural(cursor.text[stop:end]):
                return stop, code
        return None

    def _separated(self, cursor: Cursor, start: int, end: int, *, known: bool) -> tuple[int, str] | None:
        """``PERSONNE_7K4Q2M``: in brackets any word will do, outside it must be one of ours."""
        word = cursor.text[start:end]
        if not word.isalpha() or (known and _plain(word) not in self._words):
            return None
        first = _separator_end(cursor, end)
        last = cursor.run(first) if first > end else None
        if last is None:
            return None
        code = cursor.text[first : first + SIZE].upper()
        if code in self._codes and _plural(cursor.text[first + SIZE : last]):
            return first + SIZE, code
        return None


class Cursor:
    """A text that may go on."""

    __slots__ = ("_final", "_size", "text")

    def __init__(self, text: str, final: bool) -> None:
        self.text, self._final, self._size = text, final, len(text)

    def at(self, i: int) -> str:
        """The character at ``i``; empty after the end of the whole text."""
        if i < self._size:
            return self.text[i]
        if self._final:
            return ""
        raise NeedMore

    def begins(self, i: int, token: str) -> bool:
        """Whether ``token`` stands at ``i``, reading no further than the first difference."""
        return all(self.at(i + k) == letter for k, letter in enumerate(token))

    def run(self, i: int) -> int | None:
        """End of the letters and digits that begin at ``i``; None when there are too many."""
        for end in range(i, i + LONGEST_RUN + 1):
            if not self.at(end).isalnum():
                return end
        return None


def _opener(cursor: Cursor, start: int) -> tuple[int, tuple[str, ...], int] | None:
    """Where the inside begins, what may close it, and how many times it was opened."""
    first = _one(cursor, start, OPENERS)
    if first is None:
        return None
    token, end = first
    depth = 1
    while depth < _MOST_DEPTH and (again := _one(cursor, end, (token,))) is not None:
        end, depth = again[1], depth + 1
    return end, OPENERS[token], depth


def _closed(cursor: Cursor, end: int, closers: tuple[str, ...], depth: int) -> int:
    """After the closers that answer the openers; ``end`` itself when there is none."""
    for _ in range(depth):
        found = _one(cursor, _skip(cursor, end, _NOISE_IN_BRACKETS, _MOST_NOISE, before=closers), closers)
        if found is None:
            return end
        end = found[1]
    return end


def _one(cursor: Cursor, i: int, tokens: Collection[str]) -> tuple[str, int] | None:
    """The token at ``i`` among ``tokens``, behind backslashes or not, and its end."""
    for start in range(i, i + _MOST_BACKSLASHES + 1):
        letter = cursor.at(start)
        for token in tokens:
            if token[0] == letter and cursor.begins(start, token):
                return token, start + len(token)
        if letter != "\\":
            return None
    return None


def _skip(cursor: Cursor, i: int, noise: frozenset[str], most: int, before: tuple[str, ...] = ()) -> int:
    for end in range(i, i + most):
        letter = cursor.at(end)
        if letter not in noise or not letter or (letter == "\\" and before):
            return end
    return i + most


def _separator_end(cursor: Cursor, start: int) -> int:
    i = start
    for _ in range(_MOST_SEPARATORS):
        letter = cursor.at(i)
        if letter in "&\\" and letter:
            escaped = next((token for token in _ESCAPED_LOW_LINE if cursor.begins(i, token)), None)
            if escaped:
                i += len(escaped)
                continue
        if not letter or letter not in _SEPARATORS:
            break
        i += 1
    return i


def _plural(rest: str) -> bool:
    return rest in ("", "s", "S")


def _plain(word: str) -> str:
    return fold(word).upper()


@lru_cache(maxsize=256)
def _starts(words: frozenset[str]) -> re.Pattern[str]:
    """Where a placeholder may begin: an opener, or one of our words after something else than a letter."""
    pairs = {word[:2] for word in words}
    both = "|".join(
        sorted("".join(f"[{_ACCENTED.get(c, c)}{_ACCENTED.get(c, c).lower()}]" for c in p) for p in pairs)
    )
    firsts = "".join(sorted({_ACCENTED.get(p[0], p[0]) for p in pairs}))
    openers = re.escape("".join(sorted({token[0] for token in OPENERS})))
    bare = rf"(?<![^\W_])(?:{both}|[{firsts}{firsts.lower()}]\Z)" if pairs else r"(?!)"
    return re.compile(rf"[{openers}]|{bare}")
