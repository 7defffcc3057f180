"""Takes back what the first start filled. What somebody changed or used since stays, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from egide.errors import WorkspaceError
from egide.policy import Policy
from egide.workspace.accounts.models import User
from egide.workspace.ai_act.models import Fria
from egide.workspace.charter import drafts as charter
from egide.workspace.charter.models import CharterVersion
from egide.workspace.company import services as company
from egide.workspace.diagnosis import editions
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.models import State as Stage
from egide.workspace.notice import services as notice
from egide.workspace.notice.models import Details
from egide.workspace.policies import drafts, versions
from egide.workspace.programmes.models import Follow
from egide.workspace.programmes.models import State as Standing
from egide.workspace.prompts import marks
from egide.workspace.usages.models import Event, Usage
from egide.workspace.usages.models import State as Stand
from egide.workspace.welcome.filling import digest
from egide.workspace.welcome.models import State, Welcome

REASON = "Le remplissage du premier démarrage est annulé."


@transaction.atomic
def undo(by: User) -> list[str]:
    """What stays, in French. Raises WorkspaceError EG-6564 when there is nothing to take back."""
    found = Welcome.objects.select_for_update().filter(id=1, state=State.FILLED).first()
    if found is None:
        raise WorkspaceError("EG-6564")
    made = found.made
    kept = [
        *_diagnosis(made.get("diagnosis")),
        *_charter(made.get("charter"), by),
        *_usages(made.get("usages", [])),
        *_programmes(made.get("programmes", [])),
        *_policy(made.get("policy"), by),
        *_notice(made.get("notice")),
        *_company(made.get("company", {})),
    ]
    if found.by is not None:
        for ref in made.get("favourites", []):
            marks.set_favourite(found.by, ref, wanted=False)
    found.state, found.made, found.at = State.UNDONE, {}, timezone.now()
    found.save()
    return kept


def looser() -> tuple[str, ...]:
    """What taking the policy back would open, as sentences: nothing of it is then done."""
    found = Welcome.objects.filter(id=1, state=State.FILLED).first()
    made, newest = found.made.get("policy") if found else None, versions.latest()
    if made is None or newest is None or newest.number != made:
        return ()
    return versions.comparison(versions.in_force().document, _before(made).document).looser


def _diagnosis(made: int | None) -> Iterator[str]:
    found = Diagnosis.objects.filter(pk=made).first() if made else None
    if found is None:
        return
    if found.state == Stage.OPEN and not found.answers.exists() and not found.invitations.exists():
        found.delete()
        editions.forget_unused()
    else:
        yield "l'autodiagnostic, déjà répondu"


def _charter(made: dict[str, Any] | None, by: User) -> Iterator[str]:
    if made is None:
        return
    now, before = charter.draft(), made["before"]
    same = all(getattr(now, name) == before[name] for name in before)
    if CharterVersion.objects.exists():
        yield gettext("le brouillon de la charte, dont une version est publiée")
    elif now.revision != made["revision"]:
        yield "le brouillon de la charte, modifié depuis"
    elif not same:
        charter.change(before["values"], before["left_out"], before["answers"], now.revision, by)


def _usages(made: list[int]) -> Iterator[str]:
    for usage in Usage.objects.filter(pk__in=made):
        touched = usage.changes.exclude(event=Event.DECLARED).exists()
        touched |= usage.assessments.exists() or Fria.objects.filter(usage=usage).exists()
        if usage.state == Stand.PROPOSED and not touched:
            usage.delete()
        else:
            yield f"l'usage « {usage.name} », décidé ou modifié depuis"


def _programmes(made: list[str]) -> Iterator[str]:
    for follow in Follow.objects.filter(programme__in=made):
        untouched = (follow.state, follow.amount, follow.next_on) == (Standing.TO_LOOK, None, None)
        if untouched and not bytes(follow.sealed):
            follow.delete()
        else:
            yield f"le suivi de « {follow.name} »"


def _policy(made: int | None, by: User) -> Iterator[str]:
    """Published versions stay in the history: what was in force before is published again, unless it is more
    open. That is decided on the page of the versions, with a reason."""
    if made is None:
        return
    newest = versions.latest()
    if newest is None or newest.number != made or drafts.current() is not None:
        yield "la politique, changée depuis"
        return
    before, now = _before(made).document, versions.in_force().document
    if versions.comparison(now, before).looser:
        yield gettext("la politique, que revenir en arrière ouvrirait")
    elif before != now:
        versions.publish(before, by, REASON, over=made, returns_to=made - 1 or None)


def _before(made: int) -> Policy:
    return versions.policy_of(versions.find(made - 1)) if made > 1 else Policy.default()


def _notice(made: dict[str, Any] | None) -> Iterator[str]:
    if made is None:
        return
    now = notice.details()
    if digest(now) != made["after"]:
        yield "les précisions de l'information du personnel"
        return
    for name in made["filled"]:
        setattr(now, name, "")
    if now.contact or now.basis:
        now.save()
    else:
        Details.objects.all().delete()


def _company(made: dict[str, list[Any]]) -> Iterator[str]:
    now = company.current()
    for name, (before, after) in made.items():
        if getattr(now, name) == after:
            setattr(now, name, before)
        else:
            yield f"« {company.FIELDS[name]} », changé depuis"
    now.save()
