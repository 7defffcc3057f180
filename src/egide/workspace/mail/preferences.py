"""How often each person is reminded, and the signed address by which a mail lets them stop it."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from egide.workspace.accounts.models import User
from egide.workspace.mail.models import Frequency, Preference

_SALT = "mail/unsubscribe"


def of(person: User) -> Frequency:
    """What this person chose, or once a week."""
    kept = Preference.objects.filter(person=person).values_list("frequency", flat=True).first()
    return Frequency(kept) if kept else Frequency.WEEKLY


def choose(person: User, frequency: Frequency) -> None:
    """Keep their choice."""
    Preference.objects.update_or_create(person=person, defaults={"frequency": frequency.value})


def token(person: User) -> str:
    """What only Égide can make for this person. It opens nothing but the end of their reminders."""
    return signing.Signer(salt=_SALT).sign(person.public_id)


def person_of(told: str) -> User | None:
    """The person whose token this is."""
    try:
        public_id = signing.Signer(salt=_SALT).unsign(told)
    except signing.BadSignature:
        return None
    return User.objects.filter(public_id=public_id).first()


def stop_path(person: User) -> str:
    """The path of the page that ends their reminders."""
    return reverse("mail:stop", args=[token(person)])
