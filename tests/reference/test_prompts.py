from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from egide.detection import LABELS
from egide.reference.files import read
from egide.reference.prompts import Prompts, prompts, variables_of
from egide.reference.sources import day


def test_the_ready_prompts_and_their_sources_are_there() -> None:
    assert len(prompts().prompts) == 25
    assert {one.department for one in prompts().prompts} == {one.id for one in prompts().departments}
    assert all(day(source.date) for source in prompts().help.sources)


def test_each_recognised_value_is_in_one_class_or_said_to_be_in_none() -> None:
    classed = [label for one in prompts().data_classes for label in one.labels]
    assert sorted([*classed, *prompts().unclassed.labels]) == sorted(LABELS)
    assert prompts().class_of("NIR") == "personnel"
    assert prompts().class_of("LOCATION") is None
    assert all(one.missing for one in prompts().data_classes)


def test_every_variable_that_the_file_explains_is_used() -> None:
    used = {name for one in prompts().prompts for name in one.variables}
    assert used == {one.id for one in prompts().variables}


def test_variables_are_read_once_in_their_order() -> None:
    assert variables_of("{{b}} {{a}} {{b}} {{A}} {{ c }} {d} {{}} {{{e}}}") == ("b", "a", "e")


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["prompts"].append(c["prompts"][0]),
        lambda c: c["prompts"][0].update(surprise=1),
        lambda c: c["prompts"][0].update(department="inconnu"),
        lambda c: c["prompts"][0]["variables"].pop(),
        lambda c: c["prompts"][0]["data"]["forbidden"].pop(),
        lambda c: c["prompts"][0]["data"]["allowed"].append("secret"),
        lambda c: c["prompts"][0]["checklist"].append({"id": "faits", "text": "autre chose"}),
        lambda c: c["data_classes"][0]["labels"].append("NIR"),
        lambda c: c["data_classes"].append(c["data_classes"][0]),
        lambda c: c["help"]["sources"].append(c["help"]["sources"][0]),
        lambda c: c["help"]["sources"][0].update(url="http://exemple.fr"),
        lambda c: c["variables"].pop(),
        lambda c: c.update(schema_version=2),
    ],
)
def test_a_file_with_a_mistake_is_refused(change: Callable[[Any], object]) -> None:
    content = yaml.safe_load(yaml.safe_dump(read("prompts.yaml")))
    change(content)
    with pytest.raises(ValidationError):
        Prompts.model_validate(content)
