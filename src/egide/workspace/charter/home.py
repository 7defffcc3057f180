"""What the charter brings to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from egide.workspace.accounts.models import User
from egide.workspace.charter import binding, signing
from egide.workspace.overview.pieces import Date, Duty, Figure

REVISED_EACH = timedelta(days=365)


def duties(person: User) -> Iterator[Duty]:
    """To sign the version in force, and the one that comes."""
    required = binding.rule().required
    asked, unsigned = binding.asked(), {one.pk for one in signing.unsigned_by(person)}
    for place, version in enumerate(asked):
        due = signing.due(person, version) if required else None
        what = gettext("Lire la charte et la signer")
        if place:
            said = gettext("Lire et signer la prochaine charte (version %(number)s)")
            what = said % {"number": version.number}
        url = reverse("charter:read") + (f"?version={version.number}" if place else "")
        yield Duty(what, url, version.pk not in unsigned, due, required=True)


def figures() -> Iterator[Figure]:
    """Who has signed it."""
    version = binding.current()
    people = User.objects.filter(is_active=True).count() if version else 0
    signed = people - signing.unsigned(version).count() if version else 0
    yield Figure(gettext("Charte signée"), signed, people, reverse("charter:signatures"))


def dates(today: date) -> Iterator[Date]:
    """The one that comes enters into force; it is to be read again a year after it was published."""
    version = signing.newest()
    if version is not None and version.enters_on > today:
        what = gettext("Entrée en vigueur de la charte, version %(number)s") % {"number": version.number}
        yield Date(version.enters_on, what, reverse("charter:versions"), outside="")
    if version is not None:
        day = timezone.localdate(version.at) + REVISED_EACH
        yield Date(day, gettext("Revoir la charte"), reverse("charter:draft"), outside="")
