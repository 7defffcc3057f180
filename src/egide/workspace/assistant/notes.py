"""What is said under an answer: values that nobody sent, things to verify, content that could act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext_noop

from egide.checks import AnswerChecks
from egide.checks.verifiable.item import discover
from egide.detection.view import fold
from egide.workspace.assistant.words import NOUNS, said

UNSENT_WHY: Final = gettext_noop(
    "Le modèle a écrit cette donnée, que vous n'aviez pas envoyée : elle peut être inventée, ou venir "
    "d'ailleurs."
)
WITHHELD_WHY: Final = gettext_noop(
    "Vous ne l'aviez pas envoyée : la politique de l'entreprise la retire de la réponse."
)
_REMOVED_WHY: Final = gettext_noop(
    "Ils cachent du texte, le retournent ou commandent un terminal : la réponse est montrée sans eux."
)
_ACTIVE: Final = {
    "image": gettext_noop("image distante"),
    "link": gettext_noop("lien qui emporte des données"),
    "code": gettext_noop("lien actif"),
    "html": gettext_noop("code HTML"),
}
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Note:
    """One line, kept in French. ``group``: withheld, unsent, active or verify; ``target``: that of a link."""

    group: str
    kind: str
    text: str = field(repr=False)
    why: str
    target: str = field(default="", repr=False)


def notes_of(checks: AnswerChecks, answer: str) -> tuple[Note, ...]:
    """In the order in which a person should look at them."""
    return (*_withheld(checks), *_unsent(checks, answer), *_active(checks, answer), *_items(checks, answer))


def shown(note: Note) -> Note:
    """The note in the language of the page."""
    return replace(note, kind=said(note.kind), why=said(note.why))


def _withheld(checks: AnswerChecks) -> Iterator[Note]:
    for label, count in sorted(checks.withheld_counts.items()):
        yield Note("withheld", NOUNS[label][0], str(count), WITHHELD_WHY)


def _unsent(checks: AnswerChecks, answer: str) -> Iterator[Note]:
    seen = set()
    for finding in checks.unsent:
        value = answer[finding.start : finding.end]
        if (key := (finding.label, fold(value))) not in seen:
            seen.add(key)
            yield Note("unsent", NOUNS[finding.label][0], _short(value), UNSENT_WHY)


def _active(checks: AnswerChecks, answer: str) -> Iterator[Note]:
    if checks.removed:
        yield Note("active", gettext_noop("caractères retirés"), str(checks.removed), _REMOVED_WHY)
    for one in checks.active:
        yield Note("active", _ACTIVE[one.kind], _short(answer[one.start : one.end]), one.why)


def _items(checks: AnswerChecks, answer: str) -> Iterator[Note]:
    words = {kind.id: kind.french for kind in discover()}
    for item in checks.items:
        text = answer[item.start : item.end]
        yield Note(
            "verify", words[item.kind], _short(text), item.why, item.target if item.target != text else ""
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
