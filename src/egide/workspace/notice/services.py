"""The notice as this company shows it, who has read it, and who may therefore send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from egide.errors import WorkspaceError
from egide.reference.notice import Section, Source, notice
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.notice.models import Details, Reading
from egide.workspace.providers.models import Provider

MISSING: Final = "à préciser par votre entreprise"


@dataclass(frozen=True, slots=True)
class Shown:
    """The notice, filled in. ``incomplete``: the company has not said all that it alone can say."""

    version: str
    title: str
    introduction: str
    essentials: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    not_legal_advice: str
    incomplete: bool


def version() -> str:
    """The version in force: that of the text, and the retention periods that it tells.

    A period that changes is something else that people must know: they read again.
    """
    settings = configuration.current()
    days = f"j{settings.journal_days or 0}.h{settings.history_days}.v{settings.vault_days}"
    return f"{notice().version}+{days}"


def shown() -> Shown:
    """The notice as people read it."""
    settings, added = configuration.current(), details()
    journal = f"{settings.journal_days} jours" if settings.journal_days else "sans limite de durée fixée"
    names = Provider.objects.filter(active=True).values_list("name", flat=True)
    text = notice().filled(
        {
            "company": company.current().name or "Votre entreprise",
            "basis": added.basis or MISSING,
            "contact": added.contact or MISSING,
            "providers": ", ".join(names) or "aucun",
            "journal": journal,
            "history_days": str(settings.history_days),
            "vault_days": str(settings.vault_days),
        }
    )
    return Shown(
        version(),
        text.title,
        text.introduction,
        text.essentials,
        text.sections,
        text.sources,
        text.not_legal_advice,
        incomplete=not (added.basis and added.contact),
    )


def details() -> Details:
    """What the company adds; empty at first. Not saved."""
    return Details.objects.filter(id=1).first() or Details()


def add_details(contact: str, basis: str) -> None:
    """What the company says of itself, from now on."""
    Details.objects.update_or_create(id=1, defaults={"contact": contact, "basis": basis})


def reading(person: User) -> Reading | None:
    """When this person read the version in force, if they did."""
    return Reading.objects.filter(person=person, version=version()).first()


def require(person: User) -> None:
    """Raise WorkspaceError EG-6150 unless this person has read the version in force."""
    if reading(person) is None:
        raise WorkspaceError("EG-6150")


def acknowledge(person: User, seen: str) -> None:
    """This person has read the version ``seen``. Raises WorkspaceError EG-6152 if it changed meanwhile."""
    if seen != version():
        raise WorkspaceError("EG-6152")
    Reading.objects.get_or_create(person=person, version=seen)


def attest(person: User, by: User | None) -> None:
    """``by`` (None: the command line) says that this person was told the version in force otherwise."""
    Reading.objects.get_or_create(
        person=person, version=version(), defaults={"attested": True, "attested_by": by}
    )


def uninformed() -> QuerySet[User]:
    """Active people who have not read the version in force."""
    read = Reading.objects.filter(person=OuterRef("pk"), version=version())
    return User.objects.filter(~Exists(read), is_active=True)
