"""Which version binds on a day, which one comes, and until when a person may go on without having signed.

A version binds from its entry into force until a later one enters; the one that comes can be signed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from egide.workspace.accounts.models import User
from egide.workspace.charter.models import CharterVersion, Signature, SigningRule


def versions() -> list[CharterVersion]:
    """All of them, the newest first, without their texts and files."""
    return list(CharterVersion.objects.defer("pdf", "text"))


def in_force(kept: Iterable[CharterVersion], today: date) -> CharterVersion | None:
    """The newest of those that have entered into force."""
    return next((one for one in kept if one.enters_on <= today), None)


def asked(today: date | None = None) -> list[CharterVersion]:
    """Those that people are asked to sign: the one in force, then the one that comes."""
    kept, day = versions(), today or timezone.localdate()
    coming = kept[0] if kept and kept[0].enters_on > day else None
    return [one for one in (in_force(kept, day), coming) if one is not None]


def chosen(asked: Sequence[CharterVersion], number: str) -> CharterVersion | None:
    """Of those that people are asked to sign, the one of this number, or else the one in force."""
    return next((one for one in asked if str(one.number) == number), next(iter(asked), None))


def current() -> CharterVersion | None:
    """The one in force; before the first one enters, that one."""
    return next(iter(asked()), None)


def rule() -> SigningRule:
    """The rule; a signature is not asked for at first. Not saved."""
    return SigningRule.objects.filter(id=1).first() or SigningRule()


def with_last_signed(people: QuerySet[User]) -> QuerySet[User]:
    """Each with ``last_signed``: the number of the newest version that they signed."""
    mine = Signature.objects.filter(person=OuterRef("pk")).order_by("-version__number")
    return people.annotate(last_signed=Subquery(mine.values("version__number")[:1]))


@dataclass(frozen=True, slots=True)
class Deadlines:
    """``kept``: every version, the newest first."""

    rule: SigningRule
    kept: tuple[CharterVersion, ...]

    @classmethod
    def now(cls) -> Deadlines:
        """As the rule and the versions are."""
        return cls(rule(), tuple(versions()))

    def of(self, person: User, version: CharterVersion, last_signed: int | None) -> date:
        """The last day on which this person may use the Assistant without having signed this version.

        Who was stopped already when it took over gets no second delay.
        """
        day: date | None = None
        for one in reversed(self._since(version, last_signed or 0)):
            began = max(timezone.localdate(one.at), one.enters_on)
            if day is None or day >= began:
                begins = (began, self.rule.since, timezone.localdate(person.created_at))
                day = max(begins) + timedelta(days=self.rule.grace_days)
        assert day is not None  # noqa: S101 - this very version is among them
        return day

    def _since(self, version: CharterVersion, signed: int) -> list[CharterVersion]:
        """This version and those before it that bound and that were not signed, the newest first."""
        found = [version]
        for one in self.kept:
            if signed < one.number < found[-1].number and one.enters_on < found[-1].enters_on:
                found.append(one)
        return found
