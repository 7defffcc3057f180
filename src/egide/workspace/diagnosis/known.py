"""Answers that Égide can propose from what it holds: figures of this installation, with the reason.

A proposal is only shown: a person decides. Where Égide knows nothing, it proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, ngettext

from egide.workspace.accounts.models import User
from egide.workspace.charter.models import CharterVersion
from egide.workspace.company import services as company
from egide.workspace.diagnosis.scoring import SET_ASIDE
from egide.workspace.hygiene.models import Campaign, State
from egide.workspace.notice import services as notice
from egide.workspace.policies import versions
from egide.workspace.programmes.models import Follow
from egide.workspace.providers.models import Provider
from egide.workspace.training.models import Certificate
from egide.workspace.usages.models import Usage
from egide.workspace.welcome.models import Welcome

REPRESENTATIVES_FROM: Final = 50
NO_PROFESSION: Final = "commerce_general"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer to one question that a figure of Égide speaks for, and that figure in words."""

    question: str
    answer: str
    reason: str


def proposals() -> dict[str, Proposal]:
    """What Égide knows, by question."""
    found = (
        *_usages(),
        *_policy(),
        *_providers(),
        *_campaigns(),
        *_notice(),
        *_company(),
        *_charter(),
        *_training(),
        *_programmes(),
        *_welcome(),
    )
    return {one.question: one for one in found}


def _usages() -> Iterator[Proposal]:
    declared = Usage.objects.filter(active=True).count()
    if declared > 1:
        reason = gettext("%(n)s usages sont déclarés dans Égide") % {"n": declared}
        yield Proposal("st1", "2", reason)
        yield Proposal("st2", "2", reason)


def _policy() -> Iterator[Proposal]:
    published = versions.latest()
    if published is None:
        return
    reason = gettext("la politique n° %(number)s classe les données dans Égide")
    yield Proposal("do1", "2", reason % {"number": published.number})
    if Provider.objects.filter(active=True).exists():
        reason = gettext("ce qui passe par Égide est filtré ; un site d'IA ouvert à côté ne l'est pas")
        yield Proposal("do2", "2", reason)


def _providers() -> Iterator[Proposal]:
    active = Provider.objects.filter(active=True).count()
    if active == 1:
        yield Proposal("sa4", "0", gettext("un seul service d'IA est branché"))
    elif active:
        yield Proposal("sa4", "2", gettext("%(n)s services d'IA sont branchés") % {"n": active})


def _campaigns() -> Iterator[Proposal]:
    closed = Campaign.objects.filter(state=State.CLOSED).count()
    if closed > 1:
        yield Proposal("ac4", "3", gettext("%(n)s campagnes d'attestation ont été menées") % {"n": closed})
    elif closed:
        yield Proposal("ac4", "1", gettext("une seule campagne d'attestation a été menée"))


def _notice() -> Iterator[Proposal]:
    if not notice.uninformed().exists():
        yield Proposal(
            "rg4", "2", gettext("toutes les personnes d'Égide ont lu ce qui est enregistré d'elles")
        )


def _company() -> Iterator[Proposal]:
    told = company.current()
    if told.profession == NO_PROFESSION:
        yield Proposal(
            "et4", SET_ASIDE, gettext("votre entreprise a dit n'exercer aucune profession réglementée")
        )
    if told.representatives is False:
        yield Proposal(
            "et5", SET_ASIDE, gettext("votre entreprise a dit n'avoir pas de représentants du personnel")
        )
    elif told.staff is not None and told.staff < REPRESENTATIVES_FROM:
        reason = ngettext(
            "votre entreprise a dit compter %(n)s personne",
            "votre entreprise a dit compter %(n)s personnes",
            told.staff,
        )
        yield Proposal("et5", SET_ASIDE, reason % {"n": told.staff})


def _charter() -> Iterator[Proposal]:
    published = CharterVersion.objects.values_list("number", flat=True).first()
    if published is not None:
        reason = gettext("la version %(number)s de la charte est publiée dans Égide")
        yield Proposal("ac2", "2", reason % {"number": published})
        yield Proposal("st3", "2", gettext("la charte publiée nomme un référent IA"))


def _training() -> Iterator[Proposal]:
    people = User.objects.filter(is_active=True).count()
    trained = Certificate.objects.filter(person__is_active=True).values("person").distinct().count()
    if people and trained >= people:
        yield Proposal("ac1", "2", gettext("chacun a réussi au moins un module de formation dans Égide"))


def _programmes() -> Iterator[Proposal]:
    if followed := Follow.objects.count():
        reason = ngettext(
            "%(n)s programme public est suivi dans Égide",
            "%(n)s programmes publics sont suivis dans Égide",
            followed,
        )
        yield Proposal("ac3", "1", reason % {"n": followed})


def _welcome() -> Iterator[Proposal]:
    """What the first pilot said of what is used already."""
    told = Welcome.objects.filter(id=1).first()
    used = set(told.answers.get("used", ())) if told else set()
    if "public" in used:
        mixed = bool(used - {"public"})
        reason = gettext("des comptes gratuits ouverts à tous sont utilisés")
        yield Proposal("do4", "1" if mixed else "0", reason)
    elif "paid" in used:
        yield Proposal("do4", "2", gettext("l'IA utilisée est un abonnement de l'entreprise"))
