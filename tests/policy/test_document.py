from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from egide.errors import PolicyError
from egide.policy import Policy


def _altered(change: Callable[[dict[str, Any]], object]) -> str:
    content = yaml.safe_load(Policy.default().to_yaml())
    change(content)
    return yaml.safe_dump(content, allow_unicode=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("unknown"),
        lambda c: c.update(rules=[]),
        lambda c: c.update(surprise=1),
        lambda c: c["rules"][0].update(surprise=1),
        lambda c: c["rules"][0].update(classes=["identitee"]),
        lambda c: c["rules"][0].update(labels=["PERSON"]),
        lambda c: c["rules"][0].update(classes=[]),
        lambda c: c["rules"][0].update(charter="autre"),
        lambda c: c["rules"][0].update(id=c["rules"][1]["id"]),
        lambda c: c["rules"][0]["actions"].pop("local"),
        lambda c: c["rules"][0]["actions"].update(public="laisser"),
        lambda c: c["rules"][0]["actions"].update(ailleurs="block"),
        lambda c: c["rules"][0]["sentences"].pop("block"),
        lambda c: c["rules"][0]["sentences"].update(warn="Phrase sans emploi."),
        lambda c: c["rules"][0]["sentences"].update(block=""),
        lambda c: c["rules"][0].update(roles=["chef"]),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(PolicyError) as refusal:
        Policy.from_yaml(_altered(change))
    assert refusal.value.code == "EG-3004"


def test_the_refusal_says_where() -> None:
    with pytest.raises(PolicyError, match=r"rules\.0\.actions\.public"):
        Policy.from_yaml(_altered(lambda c: c["rules"][0]["actions"].update(public="laisser")))


@pytest.mark.parametrize("text", ["", "[]", "12", "a: [", "!!python/object/apply:os.system [ls]"])
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(PolicyError, match="EG-3004"):
        Policy.from_yaml(text)


def test_only_the_text_of_pictures_leaves_unless_the_file_says_so() -> None:
    assert {str(t): str(p) for t, p in Policy.default().document.pictures.items()} == {
        "public": "text",
        "contract": "text",
        "european": "text",
        "local": "masked",
    }
    said = {"public": "refused", "contract": "text", "european": "masked", "local": "masked"}
    policy = Policy.from_yaml(_altered(lambda c: c.update(pictures=said)))
    assert Policy.from_yaml(policy.to_yaml()).version == policy.version
    assert policy.version != Policy.default().version


@pytest.mark.parametrize("said", [{"public": "text"}, {"public": "tout"}, "text"])
def test_a_mistake_about_pictures_is_refused(said: object) -> None:
    with pytest.raises(PolicyError, match="EG-3004"):
        Policy.from_yaml(_altered(lambda c: c.update(pictures=said)))
