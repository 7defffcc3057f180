from __future__ import annotations

import pytest

from egide.checks import Passage, Response
from egide.checks.injection.origin import Origin
from egide.errors import spoken
from egide.gateway.warnings import warned

PASSAGE = Passage(0, 10, 0.9, ("override",), "Ce passage demande d'ignorer les consignes.", Origin.DOCUMENT)


@pytest.mark.parametrize("response", list(Response))
def test_a_warning_is_told_in_either_language(response: Response) -> None:
    (french,) = warned([PASSAGE], [response])
    before = spoken.set("en")
    try:
        (english,) = warned([PASSAGE], [response])
    finally:
        spoken.reset(before)
    assert french.startswith("Ce passage demande d'ignorer les consignes. ")
    assert english.startswith("A passage looks like an order to the AI rather than data. ")
    assert warned([PASSAGE, PASSAGE], [response, response]) == (french,)


def test_each_response_ends_its_own_way() -> None:
    assert len({warned([PASSAGE], [response]) for response in Response}) == len(Response)
