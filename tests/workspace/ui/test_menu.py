from __future__ import annotations

from django.urls import reverse

from egide.policy import Role
from egide.workspace.ui.menu import entries, entries_for


def test_every_entry_leads_somewhere_and_has_an_icon(workspace: None) -> None:
    from lucide.templatetags.lucide import lucide

    for entry in entries():
        assert reverse(entry.view).startswith("/")
        assert "<svg" in str(lucide(entry.icon))


def test_each_role_sees_what_the_lesser_ones_see(workspace: None) -> None:
    seen = [set(entries_for(role)) for role in (Role.COLLABORATOR, Role.PILOT, Role.ADMIN)]
    assert seen[0] < seen[1] <= seen[2]
    labels = [entry.label for entry in entries_for(Role.COLLABORATOR)]
    assert labels == [
        "Assistant",
        "Mes règles",
        "Nos usages de l'IA",
        "Mes demandes",
        "Ce qui est enregistré",
    ]
