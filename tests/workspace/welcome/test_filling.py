"""Filling and undoing, seen by counts of every table and by what is in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.policy import Policy, Role
from egide.policy.comparing import compare
from egide.policy.policy import names
from egide.reference.professions import professions
from egide.workspace.accounts.models import User
from egide.workspace.ai_act import services as ai_act
from egide.workspace.ai_act.models import Assessment
from egide.workspace.charter import drafts as charter
from egide.workspace.charter.content import problems
from egide.workspace.charter.proposals import proposals
from egide.workspace.company import services as company
from egide.workspace.diagnosis import services as diagnosis
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.notice import services as notice
from egide.workspace.people.erasing import erase
from egide.workspace.policies import drafts, versions
from egide.workspace.programmes.models import Follow
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage
from egide.workspace.welcome import filling
from egide.workspace.welcome.plan import BASIS, plan, stamp
from egide.workspace.welcome.undoing import looser, undo

ANSWERS: dict[str, Any] = {
    "name": "Cabinet Kervella",
    "siren": "732829320",
    "staff": 6,
    "naf": "69.20Z",
    "region": "53",
    "profession": "expert_comptable",
    "representatives": False,
    "departments": ["commercial", "compta"],
    "used": ["public"],
}
NOTHING = (
    ANSWERS
    | dict.fromkeys(("name", "siren", "naf", "region", "profession"), "")
    | {
        "staff": None,
        "representatives": None,
        "departments": [],
        "used": [],
    }
)


@pytest.fixture
def admin(person: Callable[..., User]) -> User:
    usages.default()
    company.current()
    charter.draft()
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    return person(Role.ADMIN, name="Camille Kervella")


def _counts() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label not in ("welcome.Welcome", "directory.Revision")
    }


def _fill(by: User, answers: dict[str, Any] = ANSWERS, without: tuple[str, ...] = ()) -> None:
    filling.keep_answers(answers, by)
    told = plan(answers, by)
    filling.fill(told.keys - set(without), by, read=stamp(answers, told))


def test_everything_is_filled_and_the_charter_can_be_published(admin: User) -> None:
    _fill(admin)
    told = company.current()
    assert (told.name, told.staff, told.naf, told.region) == ("Cabinet Kervella", 6, "69.20Z", "53")
    assert company.untold() == ()
    policy = versions.in_force().document
    assert policy.professions == ("expert_comptable",)
    waiting = Usage.objects.filter(state="proposed")
    assert {one.department for one in waiting} == {"Commercial", "Comptabilité"}
    assert all(one.control and one.fallback and not one.active for one in waiting)
    assert Follow.objects.count() == 3
    assert notice.shown().incomplete is False
    assert problems(charter.draft(), proposals()) == ()
    published = charter.publish("", charter.draft().revision, admin)
    assert "expert" not in published.content["consent"]
    assert Diagnosis.objects.get().is_open


def test_undoing_leaves_every_table_as_it_was(admin: User) -> None:
    before = _counts()
    was = company.current()
    draft = charter.draft()
    _fill(admin, without=("policy",))
    assert _counts() != before
    assert undo(admin) == []
    assert _counts() == before
    now = company.current()
    assert all(getattr(now, name) == getattr(was, name) for name in ("name", "siren", "staff", "naf"))
    kept = charter.draft()
    assert (kept.values, kept.left_out, kept.answers) == (draft.values, draft.left_out, draft.answers)
    assert not notice.details().contact
    with pytest.raises(WorkspaceError, match="EG-6564"):
        undo(admin)


def test_the_policy_that_was_in_force_comes_back(admin: User) -> None:
    versions.publish(Policy.load("strict").document, None, "Notre choix", over=0)
    _fill(admin)
    assert versions.in_force().document.professions == ("expert_comptable",)
    assert looser() == ()
    assert undo(admin) == []
    assert versions.in_force().document == Policy.load("strict").document
    assert versions.latest().number == 3  # type: ignore[union-attr]  # history only grows


def test_undoing_never_makes_the_policy_more_open(admin: User) -> None:
    _fill(admin)
    after = versions.in_force().document
    assert compare(Policy.default().document, after).stricter
    assert looser() == compare(after, Policy.default().document).looser != ()
    assert [said for said in undo(admin) if "politique" in said]
    assert versions.in_force().document == after
    assert versions.latest().number == 1  # type: ignore[union-attr]
    assert looser() == ()


def test_what_somebody_used_since_stays_and_is_told(admin: User) -> None:
    _fill(admin)
    usage = Usage.objects.filter(state="proposed").order_by("pk")[0]
    usages.validate(usage.pk, admin, usage.declared_at.date(), read=usages.last_change(usage))
    diagnosis.answer(Diagnosis.objects.get().pk, "st1", "1", admin)
    draft = charter.draft()
    charter.change(draft.values | {"relecteurs": "Luc"}, {}, draft.answers, draft.revision, admin)
    company.rename("Autre nom")
    said = " ".join(undo(admin))
    assert usage.name in said
    assert "autodiagnostic" in said
    assert "charte" in said
    assert "Nom de l'entreprise" in said
    assert list(Usage.objects.exclude(slug="assistance")) == [usage]
    assert company.current().name == "Autre nom"
    assert charter.draft().values["relecteurs"] == "Luc"


@pytest.mark.parametrize("profile", sorted(names()))
def test_no_trade_opens_any_policy(admin: User, profile: str) -> None:
    before = Policy.load(profile).document
    versions.publish(before, None, "Notre choix", over=0, openness="Essai voulu")
    tightened = 0
    for one in professions().professions:
        told = plan(ANSWERS | {"profession": one.id}, admin).policy
        assert told is None or not compare(before, told.document).looser, one.id
        tightened += told is not None
    assert tightened


def test_a_draft_of_the_policy_that_a_pilot_works_on_is_left_alone(admin: User) -> None:
    drafts.replace(Policy.load("strict").document, 0, admin)
    assert plan(ANSWERS, admin).policy is None
    _fill(admin)
    assert versions.latest() is None
    assert drafts.current() is not None


def test_nothing_told_proposes_nothing_invented(admin: User) -> None:
    told = plan(NOTHING, admin)
    assert (told.company, told.usages, told.prompts, told.departments) == ((), (), (), ())
    assert told.policy is not None
    assert told.policy.document == Policy.default().document
    company.rename("Kervella")
    _fill(admin, NOTHING)
    assert company.current().name == "Kervella", "what was not told changes nothing"


def test_only_what_the_plan_holds_is_filled_and_once(admin: User) -> None:
    with pytest.raises(WorkspaceError, match="EG-6562"):
        filling.fill([], admin, read="")
    filling.keep_answers(ANSWERS, admin)
    read = stamp(ANSWERS, plan(ANSWERS, admin))
    with pytest.raises(WorkspaceError, match="EG-6563"):
        filling.fill(["usage:rh-annonce"], admin, read=read)
    assert not Usage.objects.filter(state="proposed").exists()
    filling.fill([], admin, read=read)
    assert company.current().staff is None
    for again in (lambda: filling.fill([], admin, read=read), lambda: filling.keep_answers(ANSWERS, admin)):
        with pytest.raises(WorkspaceError, match="EG-6562"):
            again()


def test_what_a_pilot_wrote_before_is_not_replaced(admin: User) -> None:
    charter.change({"referent_ia": "Luc"}, {}, {"rh": "non"}, charter.draft().revision, admin)
    notice.add_details("dpo@entreprise.example", "Notre base")
    _fill(admin)
    draft = charter.draft()
    assert (draft.values["referent_ia"], draft.answers["rh"]) == ("Luc", "non")
    assert notice.details().basis == "Notre base"


def test_an_assessed_usage_stays_with_its_proof(admin: User) -> None:
    _fill(admin)
    first, second = Usage.objects.filter(state="proposed").order_by("pk")[:2]
    Assessment.objects.create(usage=first, table="1", confirmed_by=admin, confirmed_at=timezone.now())
    ai_act.keep_fria(second, {}, None, admin)
    said = " ".join(undo(admin))
    assert first.name in said
    assert second.name in said
    assert set(Usage.objects.filter(state="proposed")) == {first, second}
    assert Assessment.objects.get().usage == first
    assert second.fria.changed_by == admin


def test_the_draft_of_a_published_charter_stays(admin: User) -> None:
    _fill(admin)
    charter.publish("", charter.draft().revision, admin)
    values = charter.draft().values
    assert any("charte" in said for said in undo(admin))
    assert values
    assert charter.draft().values == values


def test_what_another_answered_meanwhile_is_not_applied(admin: User, person: Callable[..., User]) -> None:
    filling.keep_answers(ANSWERS, admin)
    read = stamp(ANSWERS, plan(ANSWERS, admin))
    other = ANSWERS | {"name": "Autre cabinet"}
    filling.keep_answers(other, person(Role.PILOT))
    for seen in (read, ""):
        with pytest.raises(WorkspaceError, match="EG-6563"):
            filling.fill(["company"], admin, read=seen)
    assert company.current().name == ""
    filling.fill(["company"], admin, read=stamp(other, plan(other, admin)))
    assert company.current().name == "Autre cabinet"


def test_no_name_stays_when_the_pilot_is_erased(admin: User, person: Callable[..., User]) -> None:
    _fill(admin, without=("charter",))
    assert admin.email in notice.details().contact
    assert admin.email not in str(filling.current().made)  # type: ignore[union-attr]
    admin.is_active = False
    admin.save()
    erase(admin)
    said = notice.details()
    assert (said.contact, said.basis) == ("", BASIS)
    assert "Camille" not in str(filling.current().made)  # type: ignore[union-attr]
    assert "les précisions de l'information du personnel" in undo(person(Role.PILOT))


def test_undoing_leaves_the_contact_that_was_there(admin: User) -> None:
    notice.add_details("dpo@entreprise.example", "")
    _fill(admin)
    assert notice.details().basis == BASIS
    undo(admin)
    assert (notice.details().contact, notice.details().basis) == ("dpo@entreprise.example", "")


@pytest.mark.parametrize(
    ("contact", "left"),
    [
        ("Zoé <ZOE@entreprise.example>", ""),
        ("Écrire à zoe@entreprise.example.", ""),
        ("maria.zoe@entreprise.example", "maria.zoe@entreprise.example"),
    ],
)
def test_only_the_contact_of_who_is_erased_is_forgotten(
    person: Callable[..., User], contact: str, left: str
) -> None:
    zoe = person(email="zoe@entreprise.example")
    notice.add_details(contact, "Notre base")
    zoe.delete()
    assert (notice.details().contact, notice.details().basis) == (left, "Notre base")
