"""What changes from one content to another, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import gettext, pgettext

from egide.workspace.prompts import catalogue
from egide.workspace.prompts.content import Content
from egide.workspace.prompts.words import FATES, RISKS

Piece = tuple[Literal["same", "removed", "added"], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that changes, and its pieces: those of before, those of after, those of both."""

    name: str
    pieces: tuple[Piece, ...]


def differences(before: Content | None, after: Content) -> list[Difference]:
    """All that differs; the whole of ``after`` when there is nothing before."""
    old = dict(_told(before)) if before else {}
    return [
        Difference(name, tuple(_pieces(old.get(name, ""), text)))
        for name, text in _told(after)
        if text != old.get(name, "")
    ]


def _told(content: Content) -> Iterator[tuple[str, str]]:
    yield gettext("Titre"), content.title
    yield pgettext("of a company", "Service"), catalogue.departments()[content.department]
    yield gettext("À quoi elle sert"), content.use_case
    yield gettext("Texte"), content.template
    for one, fate in content.classes:
        yield gettext("Données : %(label)s") % {"label": one.label}, str(FATES[fate])
    yield gettext("À vérifier dans la réponse"), "\n".join(check.text for check in content.to_verify)
    yield gettext("Risque"), str(RISKS[content.risk])
    yield gettext("Relecture"), content.review_by
    yield gettext("Usage"), content.usage


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = before.splitlines(), after.splitlines()
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "\n".join(old[i:j])
            continue
        if i < j:
            yield "removed", "\n".join(old[i:j])
        if k < m:
            yield "added", "\n".join(new[k:m])
