"""Answers that Égide can propose from what it holds: figures of this installation, with the reason.

A proposal is only shown: a person decides. Where Égide knows nothing, it proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from egide.workspace.company import services as company
from egide.workspace.diagnosis.scoring import SET_ASIDE
from egide.workspace.hygiene.models import Campaign, State
from egide.workspace.notice import services as notice
from egide.workspace.policies import versions
from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Usage

REPRESENTATIVES_FROM: Final = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer to one question that a figure of Égide speaks for, and that figure in words."""

    question: str
    answer: str
    reason: str


def proposals() -> dict[str, Proposal]:
    """What Égide knows, by question."""
    found = (*_usages(), *_policy(), *_providers(), *_campaigns(), *_notice(), *_company())
    return {one.question: one for one in found}


def _usages() -> Iterator[Proposal]:
    declared = Usage.objects.filter(active=True).count()
    if declared > 1:
        reason = f"{declared} usages sont déclarés dans Égide"
        yield Proposal("st1", "2", reason)
        yield Proposal("st2", "2", reason)


def _policy() -> Iterator[Proposal]:
    published = versions.latest()
    if published is None:
        return
    yield Proposal("do1", "2", f"la politique n° {published.number} classe les données dans Égide")
    if Provider.objects.filter(active=True).exists():
        reason = "ce qui passe par Égide est filtré ; un site d'IA ouvert à côté ne l'est pas"
        yield Proposal("do2", "2", reason)


def _providers() -> Iterator[Proposal]:
    active = Provider.objects.filter(active=True).count()
    if active == 1:
        yield Proposal("sa4", "0", "un seul service d'IA est branché")
    elif active:
        yield Proposal("sa4", "2", f"{active} services d'IA sont branchés")


def _campaigns() -> Iterator[Proposal]:
    closed = Campaign.objects.filter(state=State.CLOSED).count()
    if closed > 1:
        yield Proposal("ac4", "3", f"{closed} campagnes d'attestation ont été menées")
    elif closed:
        yield Proposal("ac4", "1", "une seule campagne d'attestation a été menée")


def _notice() -> Iterator[Proposal]:
    if not notice.uninformed().exists():
        yield Proposal("rg4", "2", "toutes les personnes d'Égide ont lu ce qui est enregistré d'elles")


def _company() -> Iterator[Proposal]:
    told = company.current()
    if told.representatives is False:
        yield Proposal("et5", SET_ASIDE, "votre entreprise a dit n'avoir pas de représentants du personnel")
    elif told.staff is not None and told.staff < REPRESENTATIVES_FROM:
        yield Proposal("et5", SET_ASIDE, f"votre entreprise a dit compter {told.staff} personnes")
