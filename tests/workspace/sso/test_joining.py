"""Two sign-ins at the same moment, really written, in two threads."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connections

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.sso.identity import Identity
from egide.workspace.sso.joining import settle
from egide.workspace.sso.models import SingleSignOn

EMAIL = "julie@entreprise.example"


@pytest.fixture
def setting(committed_db: None) -> SingleSignOn:
    return SingleSignOn(issuer="https://a.example", domains=["entreprise.example"], creates_people=True)


def _together(setting: SingleSignOn, subjects: tuple[str, str]) -> list[str]:
    """How each ended: the person, or the code of the refusal."""
    start, ended = Barrier(2), []

    def enter(subject: str) -> None:
        start.wait()
        try:
            ended.append(settle(setting, Identity(subject, EMAIL)).email)
        except WorkspaceError as refused:
            ended.append(refused.code)
        finally:
            connections.close_all()

    threads = [Thread(target=enter, args=(subject,)) for subject in subjects]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def test_one_person_in_two_windows_is_one_person(setting: SingleSignOn) -> None:
    assert _together(setting, ("sujet-1", "sujet-1")) == [EMAIL, EMAIL]
    assert User.objects.count() == SocialAccount.objects.count() == 1


@pytest.mark.parametrize("known", [False, True])
def test_two_accounts_with_one_address_are_never_both_joined(setting: SingleSignOn, known: bool) -> None:
    if known:
        User.objects.create_user(EMAIL)
    assert _together(setting, ("sujet-1", "sujet-2")) == ["EG-6587", EMAIL]
    assert User.objects.count() == SocialAccount.objects.count() == 1
