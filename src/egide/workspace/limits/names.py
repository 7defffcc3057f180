"""What those whom limits speak of are called on the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.policy.limits import Subject
from egide.workspace.accounts.models import User
from egide.workspace.accounts.services import names
from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Usage

Key = tuple[str, str]  # subject, who
GONE = {
    Subject.PERSON: _("une personne partie"),
    Subject.USAGE: _("un usage retiré"),
    Subject.PROVIDER: _("un service retiré"),
}


def names_of(keys: Iterable[Key]) -> dict[Key, str]:
    """The name of each, in three queries whatever their number."""
    wanted: dict[str, set[str]] = {subject: set() for subject in Subject}
    for subject, who in keys:
        if who:
            wanted[subject].add(who)
    found: dict[Key, str] = {
        (subject, who): str(gone) for subject, gone in GONE.items() for who in wanted[subject]
    }
    for user in User.objects.filter(public_id__in=wanted[Subject.PERSON]):
        found[Subject.PERSON, user.public_id] = user.shown
    for slug, name in Usage.objects.filter(slug__in=wanted[Subject.USAGE]).values_list("slug", "name"):
        found[Subject.USAGE, slug] = name
    for slug, name in Provider.objects.filter(slug__in=wanted[Subject.PROVIDER]).values_list("slug", "name"):
        found[Subject.PROVIDER, slug] = name
    return found


def choices() -> list[tuple[str, str]]:
    """Whom a limit may speak of: each kind first, then everyone by name."""
    usage, service = gettext("Usage « %(name)s »"), gettext("Service « %(name)s »")
    people = sorted(names(active=True).items(), key=lambda one: one[1].casefold())
    return [
        (Subject.COMPANY, gettext("Toute l'entreprise")),
        (f"{Subject.PERSON}:", gettext("Chaque personne")),
        (f"{Subject.USAGE}:", gettext("Chaque usage")),
        (f"{Subject.PROVIDER}:", gettext("Chaque service d'IA")),
        *((f"{Subject.USAGE}:{u.slug}", usage % {"name": u.name}) for u in Usage.objects.filter(active=True)),
        *((f"{Subject.PROVIDER}:{p.slug}", service % {"name": p.name}) for p in Provider.objects.all()),
        *((f"{Subject.PERSON}:{public_id}", name) for public_id, name in people),
    ]
