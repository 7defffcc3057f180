"""The decisions of the charter that need a person, each with a safe proposal and its reason.

The rest is filled. A proposal is only that: it is kept in the draft once a pilot has seen it. What was
typed is never replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext

from egide.reference.charter import AT_SIGNATURE, charter
from egide.reference.prompts import prompts
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts
from egide.workspace.charter.content import GIVEN, kept, resolved, wanted
from egide.workspace.charter.models import CharterDraft
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.words import cleaned

# Variables, then clauses that ask a question, in the order of the page. Eight at the most.
VARIABLES: Final = (
    "date_entree_vigueur",
    "referent_ia",
    "contact_incident",
    "usages_encadres",
    "donnees_confidentielles_propres",
)
QUESTIONS: Final = ("rh", "transparence", "sanctions")
TIME_TO_READ: Final = timedelta(days=15)
_HIGH: Final = "élevé"


@dataclass(frozen=True, slots=True)
class Default:
    """What is proposed, and why it is the safe choice."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A variable that nobody has to decide, as it will read."""

    name: str
    label: str
    text: str


def variables(by: User, today: date) -> dict[str, Default]:
    """A proposal for each variable that the company has to give and that Égide does not know."""
    person = f"{by.shown}, {by.email}" if by.name else by.email
    named = gettext("C'est vous : changez-le dès que quelqu'un d'autre en est chargé.")
    return {
        "date_entree_vigueur": Default(
            (today + TIME_TO_READ).isoformat(),
            gettext("Deux semaines, pour que chacun la lise et la signe avant qu'elle s'applique."),
        ),
        "referent_ia": Default(by.shown, named),
        "referent_securite": Default(by.shown, named),
        "direction": Default(by.shown, named),
        "contact_rgpd": Default(person, named),
        "contact_incident": Default(
            person,
            gettext("Un signalement doit arriver à quelqu'un : ajoutez un téléphone si vous pouvez."),
        ),
        "usages_encadres": Default(
            _guarded(),
            gettext(
                "Ce qui n'est pas cité demande un accord : rien ne devient libre par oubli. Les exemples "
                "sont les demandes types de risque élevé."
            ),
        ),
        "donnees_confidentielles_propres": Default(
            "ce que l'entreprise a déclaré confidentiel dans Égide (listes, documents, termes)",
            gettext(
                "Suit ce que vous déclarez dans Égide ; ajoutez ce qui vous est propre, comme vos prix "
                "d'achat."
            ),
        ),
        "relecteurs": Default("la personne responsable du dossier", gettext("La personne qui en répond.")),
    }


def answers() -> dict[str, Default]:
    """A proposal for each question that a clause asks: what protects most, or needs no procedure."""
    held = gettext("Garder l'article protège, même si le cas ne se présente pas.")
    return {
        "rh": Default("oui", held),
        "transparence": Default("oui", held),
        "sanctions": Default(
            "B",
            gettext(
                "Un rappel et une formation, sans sanction. La variante A ne vaut qu'une fois suivie la "
                "procédure du règlement intérieur (Code du travail, articles L1321-1, L1321-4 et L1321-5)."
            ),
        ),
    }


def whole_values(
    draft: CharterDraft, by: User, today: date, said: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The values of the draft with what was ``said`` over them, and what is proposed where nothing is."""
    known, told = proposals(), variables(by, today)
    values = {**draft.values, **{name: cleaned(text) for name, text in (said or {}).items()}}
    for name, one in told.items():
        if not values.get(name) and not known.get(name):
            values[name] = cleaned(one.text)
    return {name: text for name, text in values.items() if text and text != known.get(name)}


def whole_answers(draft: CharterDraft, said: Mapping[str, str] | None = None) -> dict[str, str]:
    """The answers of the draft, completed in the same way."""
    proposed = {name: one.text for name, one in answers().items()}
    return {**proposed, **draft.answers, **(said or {})}


def complete(by: User, today: date) -> CharterDraft:
    """Make the draft one that can be published: nothing that was written in it changes."""
    draft = drafts.draft()
    values, said = whole_values(draft, by, today), whole_answers(draft)
    if (values, said) == (draft.values, draft.answers):
        return draft
    return drafts.change(values, draft.left_out, said, draft.revision, by)


def filled(draft: CharterDraft, by: User, today: date) -> list[Filled]:
    """What is not asked, as the charter will say it; empty ones are left out of the text."""
    asked = AT_SIGNATURE | GIVEN | set(VARIABLES)
    values = {**resolved(draft, proposals()), **whole_values(draft, by, today)}
    needed = wanted(draft)
    return [
        Filled(one.name, gettext(one.label.split(" (")[0]), values[one.name])
        for one in charter().variables
        if one.name not in asked and one.name in needed and values.get(one.name)
    ]


def titles(draft: CharterDraft) -> list[str]:
    """Those of the articles that are in the charter."""
    return [one.title for one in charter().articles if kept(one, draft)]


def _guarded() -> str:
    high = [f"{one.title[:1].lower()}{one.title[1:]}" for one in prompts().prompts if one.risk == _HIGH]
    return ", ".join(["tout usage qui n'est pas cité ci-dessus", *high])
