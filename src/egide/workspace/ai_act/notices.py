"""The texts that article 50 and its neighbours ask to show to people, filled in for a usage. In French."""

from __future__ import annotations

from dataclasses import dataclass

from egide.reference.ai_act import AiAct
from egide.workspace.ai_act.walk import Walk
from egide.workspace.company import services as company
from egide.workspace.usages.models import Usage

UNNAMED = "[nom de l'entreprise]"
CONTACT = "[adresse ou téléphone à compléter]"


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A text to show to people, filled in."""

    id: str
    title: str
    where: str
    text: str


def notices(table: AiAct, done: Walk, usage: Usage) -> tuple[ShownNotice, ...]:
    """The texts of the outcomes found, binding or not: a notice never harms."""
    reached = {one.outcome.id for one in done.found}
    wanted = [one for one in table.notices if reached & set(one.outcomes)]
    if not wanted:
        return ()
    name = company.current().name or UNNAMED
    return tuple(
        ShownNotice(
            one.id, one.title, one.where, one.text.format(company=name, contact=CONTACT, usage=usage.name)
        )
        for one in wanted
    )
