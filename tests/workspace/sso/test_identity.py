from __future__ import annotations

import pytest

from egide.errors import WorkspaceError
from egide.workspace.sso.identity import identity_of
from egide.workspace.sso.models import SingleSignOn

ENTRA = "https://login.microsoftonline.com/0d6f4a52/v2.0"
GOOGLE = "https://accounts.google.com"
ELSEWHERE = "https://service.example"
PERSON = {"sub": "1", "email": "Julie@Entreprise.example"}
HOSTED = {"hd": "entreprise.example"}


@pytest.mark.parametrize(
    ("issuer", "told", "verified"),
    [
        (ELSEWHERE, {"email_verified": True}, True),
        (ELSEWHERE, {"xms_edov": True}, False),
        (ELSEWHERE, {}, False),
        (ENTRA, {}, False),
        (ENTRA, {"xms_edov": True}, True),
        (ENTRA, {"xms_edov": False}, False),
        (ENTRA, {"xms_edov": "true"}, False),
        (ENTRA, {"xms_edov": True, "email_verified": False}, False),
        (GOOGLE, {"email_verified": True, **HOSTED}, True),
        (GOOGLE, {"email_verified": True}, False),
        (GOOGLE, {"email_verified": True, "hd": "autre.example"}, False),
        (GOOGLE, {"email_verified": False, **HOSTED}, False),
        ("https://login.microsoftonline.com.mechant.example/", {"xms_edov": True}, False),
    ],
)
def test_an_address_is_verified_as_each_service_says_it(
    issuer: str, told: dict[str, object], verified: bool
) -> None:
    identity = identity_of(SingleSignOn(issuer=issuer), {**PERSON, **told}, {})
    assert identity.email == ("julie@entreprise.example" if verified else "")


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        ({}, frozenset()),
        ({"groups": None}, frozenset()),
        ({"groups": {"Direction": 1}}, frozenset()),
        ({"_claim_names": {"address": "src1"}}, frozenset()),
        ({"_claim_names": "groups"}, frozenset()),
        ({"hasgroups": False}, frozenset()),
        ({"_claim_names": {"groups": "src1"}}, None),
        ({"hasgroups": True}, None),
        ({"hasgroups": True, "groups": ["Direction"]}, frozenset({"Direction"})),
    ],
)
def test_groups_that_are_not_told_are_none_unless_there_are_too_many(
    told: dict[str, object], groups: frozenset[str] | None
) -> None:
    setting = SingleSignOn(issuer=ELSEWHERE, groups_claim="groups")
    assert identity_of(setting, {**PERSON, **told}, {}).groups == groups
    assert identity_of(setting, PERSON, {**PERSON, **told}).groups == groups
    assert identity_of(SingleSignOn(issuer=ELSEWHERE), {**PERSON, **told}, {}).groups is None


def test_nothing_of_a_person_is_shown_by_a_debugger() -> None:
    identity = identity_of(
        SingleSignOn(issuer=ELSEWHERE, groups_claim="groups"),
        {**PERSON, "email_verified": True, "name": "Julie", "groups": ["Direction"]},
        {},
    )
    assert identity.groups == {"Direction"}
    for value in ("Julie", "julie", "Direction", "'1'"):
        assert value not in repr(identity)


def test_a_name_with_control_characters_is_left_out() -> None:
    said = {**PERSON, "name": "Julie\u202egnp\n"}
    assert identity_of(SingleSignOn(issuer=ELSEWHERE), said, {}).name == ""


@pytest.mark.parametrize("more", [{"sub": "2"}, {"email": "a@entreprise.example"}])
def test_more_about_somebody_else_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(WorkspaceError, match="EG-6582"):
        identity_of(SingleSignOn(issuer=ELSEWHERE), {"sub": "1"}, more)
