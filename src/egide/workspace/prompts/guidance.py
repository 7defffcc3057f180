"""What the Assistant is told of the prompt that a text comes from: what to verify, and what it is not for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from egide.detection import LABELS
from egide.errors import WorkspaceError
from egide.policy import Action, Treatment
from egide.reference.prompts import Check, prompts
from egide.workspace.accounts.models import User
from egide.workspace.prompts import catalogue
from egide.workspace.prompts.content import Content


@dataclass(frozen=True, slots=True)
class Guidance:
    """Of one prompt; ``ref`` is its name."""

    ref: str
    content: Content

    @property
    def title(self) -> str:
        """What the prompt is called."""
        return self.content.title

    @property
    def usage(self) -> str:
        """The usage that goes with it, empty when any will do."""
        return self.content.usage

    @property
    def to_verify(self) -> tuple[Check, ...]:
        """What to verify in the answer."""
        return self.content.to_verify

    def warnings(self, treatments: Iterable[Treatment], *, local: bool) -> tuple[str, ...]:
        """Sentences on the values that this prompt is not for, in kinds and numbers. ``local``: nothing
        leaves the company, so that values which must be masked outside may stay."""
        refused: Counter[tuple[str, str]] = Counter()
        bare: Counter[tuple[str, str]] = Counter()
        for treatment in treatments:
            label = treatment.finding.label
            of_class = prompts().class_of(label)
            if of_class is None or of_class in self.content.allowed:
                continue
            if of_class not in self.content.masked:
                refused[of_class, label] += 1
            elif treatment.action in (Action.ALLOW, Action.WARN) and not local:
                bare[of_class, label] += 1
        said = (
            (
                refused,
                gettext(
                    "La demande type « %(title)s » n'est pas faite pour ces données : %(data)s. "
                    "Retirez-les du texte, même si elles sont masquées."
                ),
            ),
            (
                bare,
                gettext(
                    "La demande type « %(title)s » n'admet ces données que masquées : %(data)s. "
                    "Ici elles partiraient telles quelles : retirez-les."
                ),
            ),
        )
        return tuple(
            sentence % {"title": self.title, "data": _told(counts)} for counts, sentence in said if counts
        )


def guidance(reader: User, ref: str) -> Guidance | None:
    """Of the prompt of this name; none when there is none that this person may use."""
    try:
        return Guidance(ref, catalogue.find(reader, ref).content) if ref else None
    except WorkspaceError:
        return None


def _told(counts: Counter[tuple[str, str]]) -> str:
    by_class: dict[str, list[str]] = {}
    for (of_class, label), number in counts.items():
        by_class.setdefault(of_class, []).append(f"{gettext(LABELS[label].french)} ({number})")
    return " ; ".join(
        gettext("%(labels)s, de la classe « %(name)s »")
        % {"labels": ", ".join(labels), "name": prompts().data_class(of_class).label}
        for of_class, labels in by_class.items()
    )
