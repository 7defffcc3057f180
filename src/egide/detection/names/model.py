"""The name model: what the rules found is weighed with the words around, added to, or taken back.

    NameModel.judge(view, found) -> the findings that stand

The network is told what the rules found, so that its weights are the sum of both. It adds runs of words
that reach their label's threshold, a higher one where no other value stands near. It takes back a finding
only of the recognisers that go by lists and context (names, places, references), and only where it is sure
enough that nothing stands there: what a check digit, a sign or a form proves always stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from egide.detection.finding import Finding
from egide.detection.names.features import forms
from egide.detection.names.languages import borne, unlearned
from egide.detection.names.network import Network
from egide.detection.names.spans import company, spans
from egide.detection.names.words import Words, cut
from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import View

RECOGNISER: Final = "name_model"
_REASONS: Final = {
    "PERSON": "Nom de personne, d'après les mots autour.",
    "ORGANISATION": "Nom d'organisation, d'après les mots autour.",
    "LOCATION": "Lieu qui situe une personne ou une affaire, d'après les mots autour.",
    "ADDRESS": "Adresse, d'après les mots autour.",
    "HEALTH": "Information de santé rattachée à une personne, d'après les mots autour.",
}
_REASON: Final = "Donnée à protéger, d'après les mots autour."
# Values with signs inside: a run of words goes on to the blanks around it.
_SIGNED: Final = frozenset({"SECRET", "USERNAME", "CONTRACT_REF"})
_NAMES: Final = frozenset({"PERSON", "ORGANISATION", "LOCATION", "ADDRESS"})
_SPECIAL: Final = frozenset({"HEALTH", "RELIGION", "POLITICS", "UNION", "ETHNICITY", "SEX_LIFE", "CRIMINAL"})
_SURER: Final = 0.65
_NUMBERS: Final = frozenset({"CONTRACT_REF", "AMOUNT"})
# Codes that everybody may read: neither a name, nor is the number behind them anybody's.
_CODES: Final = frozenset({"isbn", "issn", "ean", "gtin", "doi", "iso", "cerfa", "idcc"})
_PUBLIC: Final = _CODES | {"cass", "norme", "page", "version", "figure", "fig", "cote", "repere"}
_BEFORE: Final = 2
_NAMED: Final = Flag.GIVEN | Flag.SURNAME
_EDGES: Final = " \n\t\r\u00a0\u202f,;:()[]{}<>«»\"'!?."


class NameModel:
    """Safe to share between threads. ``arrays`` are those of ``weights.npz``."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._network, self._lock = Network(arrays), Lock()
        self._labels: list[str] = str(arrays["labels"]).split("\n")
        self._thresholds = arrays["thresholds"].astype(np.float32)
        doubted: list[str] = str(arrays["doubted"]).split("\n")
        self._vetoes: dict[str, list[float]] = dict(zip(doubted, arrays["vetoes"].T.tolist(), strict=False))

    def weights(self, view: View, words: Words, found: Sequence[Finding]) -> NDArray[np.float32]:
        """[T, tags] probabilities for the words of ``view``, the rules having found ``found``."""
        described = forms(view, words, found)
        with self._lock:
            return self._network.weights(words.word, described)

    def judge(self, view: View, found: list[Finding]) -> list[Finding]:
        """What stands of ``found``, and what the network adds."""
        words = cut(view)
        if not words.word:
            return found
        weights = self.weights(view, words, found)
        nothing = weights[:, 0]
        beside = company(nothing)
        kept = [one for one in (self._standing(one, words, nothing, beside) for one in found) if one]
        past, unread = 0, unlearned(words.word)
        for begin, after, label, score in spans(weights, self._thresholds, beside):
            name, first, end = self._labels[label], begin, after
            if first in unread and name not in _SIGNED:
                capitals = [i for i in range(first, end) if view.text[words.start[i]].isupper()]
                first, end = borne(words.word, first, end, capitals)
            if first == end or (name in _NAMES and _nobody(words.word, first, end, name)):
                continue
            start, stop = words.start[first], words.end[end - 1]
            if name in _NUMBERS and not _PUBLIC.isdisjoint(words.word[max(0, first - _BEFORE) : first]):
                continue
            if name in _SIGNED:
                if stop <= past:
                    continue
                start, stop = _to_blanks(view.low, start, stop)
                past = stop
            kept.append(Finding(start, stop, name, round(score, 3), RECOGNISER, _REASONS.get(name, _REASON)))
        return _borne_out(kept)

    def _standing(
        self,
        finding: Finding,
        words: Words,
        nothing: NDArray[np.float32],
        beside: NDArray[np.intp],
    ) -> Finding | None:
        """The finding without the words, at its ends, where the network is sure enough of nothing."""
        vetoes = self._vetoes.get(finding.recogniser)
        if vetoes is None:
            return finding
        begin, end = bisect_right(words.end, finding.start), bisect_left(words.start, finding.end)
        if begin >= end:
            return finding
        place, veto = (begin, end), vetoes[beside[begin]]
        while begin < end and nothing[begin] >= veto:
            begin += 1
        while begin < end and nothing[end - 1] >= veto:
            end -= 1
        if (begin, end) == place:
            return finding
        return finding._replace(start=words.start[begin], end=words.end[end - 1]) if begin < end else None


def _borne_out(found: list[Finding]) -> list[Finding]:
    """Without doubtful facts of the special categories, where the text has no surer one: a policy may stop
    a whole text for them, and "en début de semaine" alone is nobody's health."""
    if any(one.label in _SPECIAL and one.score >= _SURER for one in found):
        return found
    return [one for one in found if one.label not in _SPECIAL]


def _nobody(words: Sequence[str], first: int, end: int, label: str) -> bool:
    """Words that are never a client's name by themselves: a month, a brand of tools, a code, a figure of
    history; unless people bear it too ("Claude", "Chopin"), or are called by it ("M. Kepler")."""
    known, own = lexicon(), words[first:end]
    titled = first > 0 and known.get(words[first - 1], 0) & Flag.TITLE
    if not titled and known.get("-".join([word for word in own if word[-1] != "'"]), 0) & Flag.FIGURE:
        return True
    borne = 0 if label == "ADDRESS" else _NAMED  # "mars" may be somebody, never where they live
    return all(word in _CODES or known.get(word, 0) & (Flag.NEVER | borne) == Flag.NEVER for word in own)


def _to_blanks(low: str, start: int, stop: int) -> tuple[int, int]:
    """The run with the signs that touch it, up to the blanks, marks of the sentence left out."""
    while start and low[start - 1] not in _EDGES:
        start -= 1
    while stop < len(low) and not low[stop].isspace():
        stop += 1
    while stop > start + 1 and low[stop - 1] in _EDGES:
        stop -= 1
    return start, stop


def arrays() -> dict[str, NDArray[Any]]:
    """The packaged weights and decisions."""
    with as_file(files("egide.detection.names").joinpath("weights.npz")) as path, np.load(path) as stored:
        return dict(stored)


@cache
def shipped() -> NameModel:
    """The model of the package, loaded once."""
    return NameModel(arrays())
