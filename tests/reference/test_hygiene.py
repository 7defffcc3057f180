from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from egide.reference.files import read
from egide.reference.hygiene import Hygiene, hygiene


def test_every_point_has_its_source_first() -> None:
    assert len(hygiene().checks) == 30
    assert len(hygiene().themes) == 6
    for check in hygiene().checks:
        assert check.sources[0].title == check.source
        assert check.sources[0].verified == check.verified
        assert hygiene().check(check.id) is check
    assert hygiene().check("inconnu") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(surprise=1),
        lambda c: c["checks"][0].update(surprise=1),
        lambda c: c["checks"].append(c["checks"][0]),
        lambda c: c["checks"][0].update(frequency="jamais"),
        lambda c: c["checks"][0].update(source_url="http://exemple.fr"),
        lambda c: c["help"]["frequency"].pop("annuel"),
        lambda c: c.update(checks=[]),
        lambda c: c.update(prepared_on="un jour"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(change: Callable[[Any], object]) -> None:
    content = copy.deepcopy(read("hygiene.yaml"))
    Hygiene.model_validate(content)
    change(content)
    with pytest.raises(ValidationError):
        Hygiene.model_validate(content)
