"""What the self-diagnosis brings to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import services
from egide.workspace.diagnosis.models import Diagnosis, State
from egide.workspace.diagnosis.opinions import waiting
from egide.workspace.overview.pieces import Date, Duty, Figure

AGAIN_AFTER = timedelta(days=365)


def duties(person: User) -> Iterator[Duty]:
    """To give the opinion that a pilot asked for."""
    if waiting(person):
        what = gettext("Donner votre avis pour l'autodiagnostic")
        yield Duty(what, reverse("diagnosis:opinions"), done=False)


def figures() -> Iterator[Figure]:
    """The score of the last one that is finished."""
    last = _last()
    result = services.result(last) if last else None
    points = result.shown if result else None
    url = reverse("diagnosis:result", args=[last.pk]) if last else reverse("diagnosis:list")
    partial = result is not None and result.missing > 0
    title = gettext("Maturité (autodiagnostic partiel)") if partial else gettext("Maturité (autodiagnostic)")
    yield Figure(title, points or 0, 0 if points is None else 100, url)


def dates(today: date) -> Iterator[Date]:
    """A year after the last one, the next."""
    last = _last()
    if last is not None and last.finished_at is not None:
        day = timezone.localdate(last.finished_at) + AGAIN_AFTER
        yield Date(day, gettext("Refaire l'autodiagnostic"), reverse("diagnosis:list"), outside="")


def _last() -> Diagnosis | None:
    return Diagnosis.objects.filter(state=State.FINISHED).first()
