from __future__ import annotations

import pytest

from egide.errors import GatewayError
from egide.gateway.batches.calling import path_to
from egide.gateway.batches.listing import limit_of


def test_how_many_are_asked_for() -> None:
    assert [limit_of({}), limit_of({"limit": "1"}), limit_of({"limit": "100"})] == [20, 1, 100]
    assert limit_of({"limit": "10000"}, 10_000) == 10_000
    for wrong in ("0", "101", "-1", "x", "١", "1e3", "9" * 5_000):
        with pytest.raises(GatewayError, match="EG-4003"):
            limit_of({"limit": wrong})


def test_a_name_leads_to_no_other_path() -> None:
    assert path_to("/files", "file-1", "/content") == "/files/file-1/content"
    assert path_to("/files", "../batches/x?y#z") == "/files/..%2Fbatches%2Fx%3Fy%23z"
