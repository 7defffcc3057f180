"""What a session may put back, and which of the forms found in a text are one of its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from egide.detection import LABELS
from egide.detection.view import fold
from egide.pseudonymisation.escapes import (
    ACCENTS,
    CLOSERS,
    OPENERS,
    SEPARATORS,
    SQUARE,
    beginnings,
    pattern,
    plain,
)
from egide.pseudonymisation.forms import (
    BARE,
    CONTEXT,
    ESCAPE_AT,
    LAST_RUNS,
    LONGEST,
    LONGEST_HEAD,
    OPENED,
    OPENERS_AT,
    WHOLE,
)
from egide.pseudonymisation.placeholders import SIZE, placeholder
from egide.pseudonymisation.words import words

_ESCAPE: Final = re.compile(pattern((*ACCENTS, *SEPARATORS)), re.IGNORECASE)
_NO_LETTER: Final = re.compile(r"[^a-zà-öø-ÿœ]+", re.IGNORECASE)
_KINDS: Final = {
    "[": SQUARE,
    "]": SQUARE,
    "［": SQUARE,
    "］": SQUARE,
    "}": "{",
    ">": "<",
    "】": "【",
    "⟧": "⟦",
}
_OPENING: Final = beginnings(OPENERS)
_CLOSING: Final = beginnings((*CLOSERS, *SEPARATORS))
_INSIDE: Final = beginnings((*ACCENTS, *SEPARATORS))
_ALSO_FIRST: Final = frozenset("&\\%")  # escaped accents
_LISTS: Final = frozenset(",;|/")


class Known(NamedTuple):
    """A value that may be put back."""

    label: str
    value: str

    def __repr__(self) -> str:
        return f"Known({self.label})"


class Index:
    """Over ``known`` (code → value), which may grow between two uses."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self.known = known
        # (address as masked, code): values that the caller's own text had there.
        self.addresses: set[tuple[str, str]] = set()
        self._size = -1

    def refreshed(self) -> Index:
        """This index, up to date."""
        if len(self.known) != self._size:
            self._size = len(self.known)
            self._words = words(frozenset({LABELS[one.label].word for one in self.known.values()}))
            self._firsts = self._words.firsts.union((code[0] for code in self.known), _ALSO_FIRST)
            self._starts = {code[:size] for code in self.known for size in range(1, SIZE)}
        return self

    def whole(
        self, text: str, first: int, at: int, code: str, *, json_source: bool
    ) -> tuple[int, int] | None:
        """(start, end) of the form whose code, ``code``, stands ``at``, beginning at ``first`` or after."""
        shown = placeholder(self.known[code].label, code)
        start, end = at - len(shown) + SIZE + 1, at + SIZE + 1
        if start >= first and text[start:end] == shown and text[start - 1 : start] != "\\":
            return start, end
        start, stop = max(first, at - LONGEST_HEAD), min(len(text), at + LONGEST)
        while (match := WHOLE.search(text, start, stop)) is not None and match.start("code") <= at:
            if match.start("code") == at and (span := self._checked(match, text, json_source)):
                return span
            start = match.start() + 1
        return None

    def begun(self, text: str, first: int) -> int:
        """Where, at ``first`` or after, a form may begin that goes past the end; else the end."""
        bare = self._bare_begun(text, first)
        for opener in OPENERS_AT.finditer(text, first, bare):
            match = OPENED.match(text, opener.start())
            if match is not None and self._may_close(match):
                return opener.start()
        return bare

    def _bare_begun(self, text: str, first: int) -> int:
        size = len(text)
        for start in _bare_starts(text, first, size):
            if text[start : start + 1] not in self._firsts:
                continue
            match = BARE.match(text, start)
            if match is not None and self._may_be_bare(match):
                return start
        return size

    def _checked(self, match: re.Match[str], text: str, json_source: bool) -> tuple[int, int] | None:
        opened, start, end = match["open"], match.start(), match.end()
        if opened is None:
            word = match["word"]
            return (start, end) if word is None or self._fits(word, opened) else None
        if match.end("code") - start > LONGEST_HEAD or not self._fits(match["inside"], opened):
            return None
        if match["close"] is None:
            lost = opened == "[" and match["inside"][:1].isalpha() and text[end : end + 1] not in _LISTS
            return (start, end) if lost and not json_source else None
        (kind, slashes), (closing, closing_slashes) = _bracket(opened), _bracket(match["close"])
        if kind != closing:
            return None
        # C:\[PERSONNE_7K4Q2M]: this backslash belongs to the text; those of \[…\] come in pairs.
        return (start if closing_slashes else start + slashes), end

    def _fits(self, word: str, opened: str | None) -> bool:
        letters, capitals = _letters(word)
        if opened is None:
            return self._words.fit(letters, strict=not capitals)
        # In square brackets any word in capitals will do: the code decides.
        square = capitals and _bracket(opened)[0] == SQUARE
        return not letters or square or self._words.fit(letters, strict=False)

    def _may_close(self, match: re.Match[str]) -> bool:
        """Whether what ``OPENED`` found may become a form of a known placeholder."""
        opened, inside, code, part = match["open"], match["inside"], match["code"], match["part"]
        if opened is None:
            return _is_none_or_in(match["escape_open"], _OPENING)
        if (match.end("code") if code else match.end()) - match.start() > LONGEST_HEAD:
            return False
        if code is not None or part is not None:
            closing = _is_none_or_in(match["escape_close"], _CLOSING)
            return closing and self._goes_with(code, part) and self._fits(inside, opened)
        letters, capitals = _letters(inside)
        possible = not letters or (capitals and _bracket(opened)[0] == SQUARE)
        return _is_none_or_in(match["escape_inside"], _INSIDE) and (
            possible or self._words.may_begin(letters, strict=False)
        )

    def _may_be_bare(self, match: re.Match[str]) -> bool:
        """The same for ``BARE``."""
        word, code, part = match["word"], match["code"], match["part"]
        if code is not None or part is not None:
            return self._goes_with(code, part) and (word is None or self._fits(word, None))
        if word is None or not _is_none_or_in(match["escape_inside"], _INSIDE):
            return False
        if match["sign"] or match["mark"]:
            return self._fits(word, None)
        letters, capitals = _letters(word)
        return self._words.may_begin(letters, strict=not capitals)

    def _goes_with(self, code: str | None, part: str | None) -> bool:
        return code.upper() in self.known if code else (part or "").upper() in self._starts


def _is_none_or_in(escape: str | None, beginnings: frozenset[str]) -> bool:
    return escape is None or escape.lower() in beginnings


def _bare_starts(text: str, first: int, size: int) -> Iterable[int]:
    """Where ``BARE`` may begin."""
    if ESCAPE_AT.search(text, max(0, first - CONTEXT)):  # an escape given out may end just before a code
        return range(first, size)
    runs = LAST_RUNS.match(text[first:][::-1])
    return () if runs is None else (size - runs.end(2), size - runs.end(1))


def _letters(raw: str) -> tuple[str, bool]:
    """The letters of ``raw``, folded, and whether all are capitals; escaped accents are read."""
    if "\\" in raw or "&" in raw or "%" in raw:
        raw = _ESCAPE.sub(_accent, raw)
    letters = raw if raw.isalpha() else _NO_LETTER.sub("", raw)
    return fold(letters), letters.isupper()


def _accent(match: re.Match[str]) -> str:
    return ACCENTS.get(plain(match[0]), "")


def _bracket(token: str) -> tuple[str, int]:
    """The kind of bracket, and how many backslashes stand before it."""
    kind = OPENERS.get(plain(token)) or CLOSERS.get(plain(token))
    if kind is not None:
        return kind, 0
    slashes = len(token) - len(token.lstrip("\\"))
    return _KINDS.get(token[slashes], token[slashes]), slashes
