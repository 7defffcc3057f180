from __future__ import annotations

import pytest
from tests.browser.every_page import faults


@pytest.mark.timeout(400)
def test_no_page_has_a_serious_fault(chromium: str, committed_db: None) -> None:
    found = faults(chromium, ["nobody", "zoé", "colleague"])
    assert not found, "\n".join(found)
