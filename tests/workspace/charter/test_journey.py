from __future__ import annotations

from collections.abc import Callable

from egide.workspace.accounts.models import User
from egide.workspace.charter import signing
from egide.workspace.charter.journey import STEPS
from egide.workspace.charter.models import CharterVersion, Signature


def test_a_charter_is_published_then_signed_by_all_who_are_there(
    publish: Callable[..., CharterVersion], person: Callable[..., User], sign: Callable[..., Signature]
) -> None:
    published, signed = STEPS
    assert not published.state().done
    assert not signed.state().done
    version = publish()
    person(email="zoe@entreprise.example")
    assert published.state().done
    waiting = list(signing.unsigned(version))
    for place, one in enumerate(waiting):
        state = signed.state()
        assert (state.done, f": {len(waiting) - place}." in state.said) == (False, True)
        sign(one)
    assert signed.state().done
