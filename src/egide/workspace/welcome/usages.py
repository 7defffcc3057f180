"""Usages proposed from the ready prompts of each department: all their words come from the reference."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from egide.reference.prompts import Prompt, prompts
from egide.workspace.providers.models import Provider
from egide.workspace.usages.words import DATA, NOBODY, NOTHING, told

MOST: Final = 6
RISKS: Final = ("faible", "moyen")  # one of high risk is not proposed: a person thinks of it first
# What the classes of the prompts are called in a declaration.
_DATA: Final = {
    "personnel": ("identity", "contact"),
    "contractuel": ("contractual", "financial"),
}
_CONCERNED: Final = {"commercial": "clients", "sav": "clients", "compta": "clients"}
_FALLBACK: Final = "Le texte s'écrit sans IA, comme avant."
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class ProposedUsage:
    """A usage to declare. ``key`` is that of its prompt."""

    key: str
    department: str
    answers: dict[str, Any]

    @property
    def data(self) -> str:
        """Its data in words."""
        return told(self.answers["data"], DATA)


def proposed(departments: Collection[str], taken: Collection[str] = ()) -> list[ProposedUsage]:
    """One a department, then a second one, the least risky first. ``taken``: names that are there already."""
    names = {one.id: one.label for one in prompts().departments if one.id in departments}
    services = list(Provider.objects.filter(active=True).values_list("slug", flat=True))
    found = [
        _usage(one, names[one.department], services)
        for one in _in_turn(list(names))
        if one.title not in taken
    ]
    return found[:MOST]


def _in_turn(departments: Collection[str]) -> Iterator[Prompt]:
    ordered = sorted(
        (one for one in prompts().prompts if one.risk in RISKS), key=lambda one: RISKS.index(one.risk)
    )
    queues = [[one for one in ordered if one.department == name] for name in departments]
    for place in range(2):
        yield from (queue[place] for queue in queues if len(queue) > place)


def _usage(prompt: Prompt, department: str, services: list[str]) -> ProposedUsage:
    classes = prompt.data.allowed_after_pseudonymisation
    data = [kind for name in classes for kind in _DATA.get(name, ())]
    checks = " ; ".join(one.text.lower() for one in prompt.checklist)
    control = f"Relu par : {prompt.review_by}. À vérifier : {checks}."
    concerned = _CONCERNED.get(prompt.department, "") if "personnel" in classes else NOBODY
    return ProposedUsage(
        prompt.id,
        department,
        {
            "name": prompt.title,
            "description": f"{prompt.use_case}.",
            "providers": services,
            "tool": "",
            "data": data or [NOTHING],
            "concerned": [concerned] if concerned else [],
            "department": department,
            "control": control if len(control) <= _LONGEST else f"Relu par : {prompt.review_by}.",
            "fallback": _FALLBACK,
        },
    )
