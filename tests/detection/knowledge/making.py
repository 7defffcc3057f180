"""Lists and documents for the tests, all under one key."""

from __future__ import annotations

from collections.abc import Callable

from egide.detection import Finding
from egide.detection.knowledge.compiling import compile_terms
from egide.detection.knowledge.copies import Copies, Document
from egide.detection.knowledge.lists import Lists, TermList
from egide.detection.knowledge.phrases import Phrase, of_full_name, of_term
from egide.detection.knowledge.winnowing import fingerprint
from egide.detection.view import View

KEY = bytes(range(32))
WAYS: dict[str, Callable[[str], list[Phrase]]] = {"staff": of_full_name}


def one_list(kind: str, *entries: str, name: str = "Liste") -> TermList:
    phrases = [phrase for entry in entries for phrase in WAYS.get(kind, of_term)(entry)]
    return TermList(name, kind, compile_terms(phrases, KEY))


def lists(kind: str, *entries: str) -> Lists:
    return Lists([one_list(kind, *entries)], KEY)


def copies(*texts: str) -> Copies:
    return Copies([Document(f"Note {i}", fingerprint(text, KEY)) for i, text in enumerate(texts, 1)], KEY)


def found(source: Lists | Copies, text: str) -> list[Finding]:
    return sorted(source.find(View(text)), key=lambda finding: (finding.start, -finding.end))


def values(source: Lists | Copies, text: str) -> set[str]:
    return {text[finding.start : finding.end] for finding in source.find(View(text))}
