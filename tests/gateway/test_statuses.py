from __future__ import annotations

import pytest

from egide.errors import GatewayError, PseudonymisationError, catalogue
from egide.gateway.statuses import _BY_CODE, passed_on, status_of


def test_every_code_of_the_table_is_in_the_catalogue() -> None:
    assert set(_BY_CODE) <= set(catalogue())


def test_every_refusal_of_the_gateway_has_its_own_status() -> None:
    missing = {code for code in catalogue() if code.startswith("EG-40")} - set(_BY_CODE) - {"EG-4017"}
    assert not missing


def test_what_is_not_in_the_table_is_our_failure() -> None:
    assert status_of(PseudonymisationError("EG-2001")) == 500
    assert status_of(GatewayError("EG-4001")) == 401


@pytest.mark.parametrize(
    ("given", "shown"),
    [(400, 400), (404, 404), (429, 429), (529, 529), (401, 502), (403, 502), (302, 502), (204, 502)],
)
def test_the_status_that_the_caller_sees(given: int, shown: int) -> None:
    assert passed_on(given) == shown
