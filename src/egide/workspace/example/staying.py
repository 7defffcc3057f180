"""What of the example must stay, because somebody real hangs on it, and how that is told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.db.models import Model, ProtectedError, Q
from django.utils.translation import ngettext_lazy

from egide.workspace.actions.models import Action
from egide.workspace.ai_act.models import Fria
from egide.workspace.charter.models import CharterDraft, CharterVersion
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.example import notes
from egide.workspace.hygiene import services as hygiene
from egide.workspace.hygiene.models import Answer, Campaign, State
from egide.workspace.notice.models import Details
from egide.workspace.programmes.models import Follow
from egide.workspace.usages.models import Change, Usage

_WORDS: Final = (
    (Usage, ngettext_lazy("%(n)s usage, désactivé", "%(n)s usages, désactivés", "n")),
    (
        Campaign,
        ngettext_lazy(
            "%(n)s campagne de bonnes pratiques, close", "%(n)s campagnes de bonnes pratiques, closes", "n"
        ),
    ),
    (Diagnosis, ngettext_lazy("%(n)s autodiagnostic", "%(n)s autodiagnostics", "n")),
    (Action, ngettext_lazy("%(n)s action", "%(n)s actions", "n")),
    (Follow, ngettext_lazy("%(n)s programme suivi", "%(n)s programmes suivis", "n")),
    (CharterVersion, ngettext_lazy("%(n)s version de la charte", "%(n)s versions de la charte", "n")),
    (CharterDraft, ngettext_lazy("%(n)s brouillon de charte", "%(n)s brouillons de charte", "n")),
    (
        Details,
        ngettext_lazy(
            "%(n)s précision de l'information du personnel",
            "%(n)s précisions de l'information du personnel",
            "n",
        ),
    ),
)


def told() -> tuple[str, ...]:
    """What is left of what the example made, by kind and count."""
    left = ((words, _left(model)) for model, words in _WORDS)
    return tuple(words % {"n": count} for words, count in left if count)


def release_usages(ids: Collection[int]) -> None:
    """What real people worked on is no longer declared by the example's people, with whom it would go."""
    for usage in Usage.objects.filter(declared_by__in=ids):
        if _is_real(usage, ids):
            usage.declared_by = None
            usage.save()


def retire_usages(ids: Collection[int]) -> None:
    """Remove its usages; those of real people are kept, and no longer chosen."""
    for usage in notes.rows(Usage):
        try:
            with transaction.atomic():
                if not _is_real(usage, ids):
                    usage.delete()
                    continue
        except ProtectedError:  # a real person's key stands on it
            pass
        usage.active = False
        usage.save()


def remove_campaigns(ids: Collection[int]) -> list[int]:
    """Remove its campaigns that nobody real answered; the others, still to be closed."""
    Answer.objects.filter(person__in=ids, campaign__state=State.OPEN).delete()
    to_close = []
    for campaign in notes.rows(Campaign):
        if not campaign.answers.exclude(person__in=ids).exists():
            campaign.delete()
        elif campaign.is_open:
            to_close.append(campaign.pk)
    return to_close


def close_campaigns(to_close: Collection[int]) -> None:
    """Once its people are gone, who were never invited."""
    for pk in to_close:
        hygiene.close(pk)


def remove_diagnoses(ids: Collection[int]) -> None:
    """Those that nobody real answered."""
    for one in notes.rows(Diagnosis):
        real = one.answers.exclude(by__in=ids), one.views.exclude(person__in=ids)
        if not any(answers.exists() for answers in real):
            one.delete()


def _is_real(usage: Usage, ids: Collection[int]) -> bool:
    """Whether it was assessed, or changed by somebody who is not of the example."""
    changed = usage.changes.exclude(pk__in=notes.rows(Change).values("pk")).exclude(by__in=ids)
    assessed = usage.assessments.filter(~Q(answered_by__in=ids) | ~Q(confirmed_by=None)).exists()
    return changed.exists() or assessed or Fria.objects.filter(usage=usage).exists()


def _left(model: type[Model]) -> int:
    return notes.rows(model).count()
