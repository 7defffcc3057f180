"""What an action asks for, in the words of the reference file that it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from egide.reference.autodiagnostic import questionnaire
from egide.reference.hygiene import hygiene
from egide.reference.sources import Source
from egide.workspace.actions.models import Origin

GONE = gettext_noop("Ce point ne figure plus dans le référentiel.")


@dataclass(frozen=True, slots=True)
class Text:
    """``what`` is to be done, ``why``, and where that comes from."""

    what: str
    why: str
    sources: tuple[Source, ...] = ()


def text(origin: str, reference: str) -> Text:
    """The words of one reference; a reference that the file no longer has says so."""
    if origin == Origin.DIAGNOSIS:
        question = questionnaire().question(reference)
        if question is not None:
            return Text(question.remedy.text, question.text, question.sources)
    elif (check := hygiene().check(reference)) is not None:
        return Text(check.text, check.why, check.sources)
    return Text(gettext(GONE), reference)
