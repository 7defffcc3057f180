from __future__ import annotations

import json

import pytest
from tests.cli.conftest import Run


@pytest.mark.timeout(600)  # thousands of exchanges
def test_everything_is_masked_and_restored_or_refused(egide: Run) -> None:
    done = egide("verify", "--json")
    told = json.loads(done.stdout)
    assert told["control_works"] is True
    good = {"restored", "masked", "refused", "withheld", "not_found_yet"}
    bad = {(o["label"], o["position"], o["verdict"]) for o in told["outcomes"] if o["verdict"] not in good}
    assert bad == set()
    assert (done.returncode, told["proved"]) == (0, True)


def test_a_gateway_needs_a_key(egide: Run) -> None:
    done = egide("verify", "--gateway", "http://127.0.0.1:1")
    assert done.returncode == 2
    assert "--key" in done.stderr
