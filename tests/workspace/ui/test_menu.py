from __future__ import annotations

from django.test import RequestFactory
from django.urls import reverse

from egide.policy import Role
from egide.workspace.ui.menu import LEADING, SHARED, Entry, entries, entries_for, sections_for, waiting


def test_every_entry_leads_somewhere_and_has_an_icon(workspace: None) -> None:
    from lucide.templatetags.lucide import lucide

    for entry in entries():
        assert reverse(entry.view).startswith("/")
        assert "<svg" in str(lucide(entry.icon))


def test_each_role_sees_what_the_lesser_ones_see(workspace: None) -> None:
    seen = [set(entries_for(role)) for role in (Role.COLLABORATOR, Role.PILOT, Role.ADMIN)]
    assert seen[0] < seen[1] <= seen[2]
    assert entries_for(Role.COLLABORATOR)[0].label == "Assistant"
    assert all(entry.role is Role.COLLABORATOR for entry in entries_for(Role.COLLABORATOR))


def test_the_menu_is_parted_and_loses_nothing(workspace: None) -> None:
    titles = [title for _, title in SHARED + LEADING]
    for role in Role:
        sections = sections_for(role)
        assert [title for title, _ in sections] == [one for one in titles if one in dict(sections)]
        assert {one for _, own in sections for one in own} == set(entries_for(role))
        assert all(own for _, own in sections)
    assert "Piloter" not in dict(sections_for(Role.COLLABORATOR))


def test_what_waits_is_counted_once_for_a_page_and_anew_for_the_next(workspace: None) -> None:
    asked: list[object] = []

    def count(person: object) -> int:
        asked.append(person)
        return len(asked)

    mine = Entry(1, "Mien", "key", "home", mine=count)
    first, second = RequestFactory().get("/"), RequestFactory().get("/")
    first.user, second.user = "zoe", "luc"  # type: ignore[assignment]
    assert [waiting(first, mine), waiting(first, mine), waiting(second, mine)] == [1, 1, 2]
    assert asked == ["zoe", "luc"]
    assert waiting(first, Entry(2, "Rien", "key", "login")) == 0
