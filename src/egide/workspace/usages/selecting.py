"""What a pilot asks of the inventory: a text, a state, a department, a kind of data."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egide.workspace.usages.models import State, Usage
from egide.workspace.usages.shown import matching
from egide.workspace.usages.words import DATA

STATES = {
    State.PROPOSED.value: _("À valider"),
    State.RETURNED.value: _("À compléter"),
    State.VALIDATED.value: _("Validés"),
    "due": _("À revoir"),
    "off": _("Désactivés"),
}


class Selection:
    """The filters of an address; one that is not offered asks for nothing."""

    def __init__(self, given: QueryDict) -> None:
        self.text = given.get("q", "").strip()[:80]
        self.state = _offered(given.get("etat", ""), STATES)
        self.data = _offered(given.get("donnees", ""), DATA)
        self.department = given.get("service", "")[:80]
        self.states, self.kinds = STATES, DATA

    def departments(self) -> list[str]:
        """Those that are told in the inventory."""
        named = Usage.objects.exclude(department="").order_by("department")
        return list(named.values_list("department", flat=True).distinct())

    def query(self) -> str:
        """The same filters in an address, with ``&`` at the end when there are some."""
        asked = QueryDict(mutable=True)
        told = {"q": self.text, "etat": self.state, "donnees": self.data, "service": self.department}
        asked.update({name: value for name, value in told.items() if value})
        return f"{asked.urlencode()}&" if asked else ""


def selected(selection: Selection) -> list[Usage]:
    """The usages asked for, those that wait first."""
    found = matching(
        Usage.objects.select_related("declared_by", "decided_by"),
        text=selection.text,
        state=selection.state,
        department=selection.department,
        data=selection.data,
        today=timezone.localdate(),
    )
    return sorted(found, key=lambda usage: usage.state != State.PROPOSED)


def _offered(value: str, offers: Mapping[str, str | Promise]) -> str:
    return value if value in offers else ""
