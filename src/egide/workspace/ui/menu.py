"""One entry of the menu. Each app declares its own in ``menu.py`` as ``ENTRIES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace import discovery

if TYPE_CHECKING:  # read before the models are
    from egide.workspace.accounts.models import User

# What gathers the entries, by the least of their order: for everybody, then for those who lead.
SHARED = ((0, ""), (40, _("Apprendre et s'engager")))
LEADING = ((0, _("Piloter")), (50, _("Protéger")), (70, _("Suivre et prouver")))
RANKS = {Role.COLLABORATOR: 0, Role.PILOT: 1, Role.ADMIN: 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """``view`` is the name of an address, ``icon`` a Lucide icon, ``role`` the least that sees it.

    ``waiting`` tells how many things wait there, if any, ``mine`` how many for this person; asked each time
    the menu is drawn.
    """

    order: int
    label: str | Promise
    icon: str
    view: str
    role: Role = Role.COLLABORATOR
    waiting: Callable[[], int] | None = None
    mine: Callable[[User], int] | None = None


def waiting(request: HttpRequest, entry: Entry) -> int:
    """How many things wait there for who asks; counted once for a page, which may show it twice."""
    known: dict[str, int] = request.__dict__.setdefault("_egide_waiting", {})
    if entry.view not in known:
        if entry.mine:
            known[entry.view] = entry.mine(cast("User", request.user))
        else:
            known[entry.view] = entry.waiting() if entry.waiting else 0
    return known[entry.view]


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry, in the order of the menu."""
    found = [entry for module in discovery.modules("menu") for entry in getattr(module, "ENTRIES", ())]
    return tuple(sorted(found, key=lambda entry: entry.order))


def entries_for(role: Role) -> tuple[Entry, ...]:
    """Those that this role may open."""
    return tuple(entry for entry in entries() if RANKS[role] >= RANKS[entry.role])


def sections_for(role: Role) -> list[tuple[str | Promise, list[Entry]]]:
    """The entries that this role sees, in titled sections; an empty section is left out."""
    seen = entries_for(role)
    shared = [one for one in seen if one.role is Role.COLLABORATOR]
    leading = [one for one in seen if one.role is not Role.COLLABORATOR]
    return [*_parted(shared, SHARED), *_parted(leading, LEADING)]


def _parted(
    given: list[Entry], parts: tuple[tuple[int, str | Promise], ...]
) -> Iterator[tuple[str | Promise, list[Entry]]]:
    def title(one: Entry) -> str | Promise:
        return next(name for least, name in reversed(parts) if one.order >= least)

    return ((name, list(own)) for name, own in groupby(given, title))
