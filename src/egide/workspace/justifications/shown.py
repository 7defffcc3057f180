"""A request as pages show it: who, for what, what was recognised and what becomes of it, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.detection import LABELS
from egide.policy import Action, Trust
from egide.policy.explain import UNKNOWN
from egide.policy.phrasing import TRUSTS
from egide.workspace.accounts.models import User
from egide.workspace.justifications.models import Justification, State
from egide.workspace.justifications.sealing import unseal
from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Usage

_OVER = _("Délai passé")
_BADGES = {
    State.ASKED: "eg-badge-warn",
    State.WAITING: "eg-badge-warn",
    State.APPROVED: "eg-badge-good",
    State.REFUSED: "eg-badge-bad",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: how many, whether it asks for the reason, and whether it leaves in clear."""

    name: str
    count: int
    asks: bool
    clear: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """In clear: only for the person and for pilots. ``code``: may one be given out now?"""

    row: Justification
    usage: str
    service: str
    where: str
    kinds: tuple[Kind, ...]
    state: str | Promise
    badge: str
    alive: bool
    reason: str = field(repr=False)
    word: str = field(repr=False)

    @property
    def asks(self) -> tuple[Kind, ...]:
        """What needs the reason."""
        return tuple(kind for kind in self.kinds if kind.asks)

    @property
    def beside(self) -> str:
        """What kind of service it is, as told after its name; nothing for one that is gone."""
        return f" ({self.where})" if self.where else ""

    @property
    def decided_by_self(self) -> bool:
        """Whether the person's own reason was enough."""
        return self.row.decided_by_id == self.row.person_id

    def is_in(self, state: State) -> bool:
        """Whether it stands there, and its time is not over."""
        return self.alive and self.row.state == state

    @property
    def to_explain(self) -> bool:
        """Whether a reason is waited for."""
        return self.is_in(State.ASKED)

    @property
    def to_decide(self) -> bool:
        """Whether a pilot is waited for."""
        return self.is_in(State.WAITING)

    @property
    def to_send(self) -> bool:
        """Whether it may be sent."""
        return self.is_in(State.APPROVED)

    @property
    def is_open(self) -> bool:
        """Whether it may still lead to an exchange."""
        return self.to_explain or self.to_decide or self.to_send

    @property
    def own_message(self) -> bool:
        """Whether it comes from the Assistant, which keeps the message."""
        return self.row.door == "assistant"


def shown(rows: Iterable[Justification], now: datetime | None = None) -> list[Shown]:
    """Each in clear; ``person`` and ``decided_by`` must have been fetched with them."""
    usages = dict(Usage.objects.values_list("slug", "name"))
    services = {
        slug: (name, trust) for slug, name, trust in Provider.objects.values_list("slug", "name", "trust")
    }
    moment = now or timezone.now()
    return [_shown(row, usages, services, moment) for row in rows]


def _shown(
    row: Justification, usages: dict[str, str], services: dict[str, tuple[str, str]], now: datetime
) -> Shown:
    name, trust = services.get(row.provider, (gettext("service retiré"), ""))
    over = row.expires_at <= now and row.state in (State.ASKED, State.WAITING, State.APPROVED)
    return Shown(
        row=row,
        usage=usages.get(row.usage, row.usage),
        service=name,
        where=gettext(TRUSTS[Trust(trust)]) if trust in set(Trust) else "",
        kinds=tuple(_kind(*one) for one in row.recognised),
        state=_OVER if over else State(row.state).label,
        badge="" if over else _BADGES.get(State(row.state), ""),
        alive=not over,
        reason=unseal(row, "reason"),
        word=unseal(row, "word"),
    )


def _kind(label: str, action: str, count: int) -> Kind:
    name = gettext(LABELS[label].french if label in LABELS else UNKNOWN)
    asks = action in (Action.JUSTIFY, Action.APPROVE)
    return Kind(name, count, asks, clear=action in (Action.ALLOW, Action.WARN))


def may_decide(row: Justification, viewer: User) -> bool:
    """Whether the form of the decision is this person's to fill in."""
    return viewer.is_pilot and row.person_id != viewer.pk
