from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.errors import PolicyError
from egide.policy import Policy
from egide.policy.editing import with_professions
from egide.policy.reading import read
from egide.reference.given import MOST_CHARACTERS

PACKED = Policy.of(with_professions(Policy.default().document, ["avocat"])).to_yaml()


def _altered(change: Callable[[dict[str, Any]], object]) -> str:
    content = yaml.safe_load(PACKED)
    change(content)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def test_the_line_of_a_mistake_is_told() -> None:
    text = _altered(lambda c: c["rules"][1]["actions"].update(public="laisser"))
    line = text.splitlines().index("    public: laisser") + 1
    with pytest.raises(PolicyError, match=rf"rules\.1\.actions\.public, ligne {line}\b"):
        read(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c["rules"][0].update(surprise=1), "rules.0.surprise, ligne .*n'existe pas"),
        (lambda c: c["rules"][0].pop("charter"), "rules.0.charter, ligne .* manque"),
        (lambda c: c["rules"][0].update(classes=["secret de Zoé"]), "classe ou type de donnée inconnu"),
        (lambda c: c["rules"].append(deepcopy(c["rules"][0])), "deux règles ont le même identifiant"),
        (lambda c: c["floors"][0]["actions"].update(local="justify"), "il faut une phrase par action"),
        (lambda c: c["floors"][0].update(origin="company"), "ne contient que des règles de métier"),
        (lambda c: c["rules"][0].update(origin="profession:avocat"), "se place dans « floors »"),
        (lambda c: c["rules"][0].update(origin="quelqu'un"), "rules.0.origin"),
        (lambda c: c["rules"][0].update(usages=["a b"]), "rules.0.usages.0, ligne"),
    ],
)
def test_a_mistake_is_told_in_french(change: Callable[[dict[str, Any]], object], said: str) -> None:
    with pytest.raises(PolicyError, match=said) as refusal:
        read(_altered(change))
    assert "Zoé" not in str(refusal.value)


@pytest.mark.parametrize("action", ["justify", "reroute"])
def test_a_floor_never_asks_what_does_not_compare(action: str) -> None:
    def change(content: dict[str, Any]) -> None:
        content["floors"][0]["actions"]["local"] = action
        used = content["floors"][0]["actions"].values()
        content["floors"][0]["sentences"] = dict.fromkeys(used, "Phrase.")

    with pytest.raises(PolicyError, match="laisse, avertit, masque ou bloque"):
        read(_altered(change))


def test_a_file_that_grows_without_end_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
    )
    begun = time.perf_counter()
    with pytest.raises(PolicyError, match="ligne 2 : un renvoi"):
        read(bomb)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: a\nname: b\n", "ligne 2 : la même clé est donnée deux fois"),
        ("? [a]\n: b\n", "ligne 1 : une clé est un mot"),
        ("name: [\n", "illisible, ligne"),
        ("name: \x00", "illisible"),
        ("[" * 3000, "illisible"),
        ("a: !!python/name:os.system x", "illisible, ligne 1"),
        ("a: 2025-99-99", "illisible"),
        ("x" * (MOST_CHARACTERS + 1), "trop long"),
    ],
)
def test_what_yaml_allows_and_a_policy_does_not_is_refused(text: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read(text)


@given(text=st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_policy_or_is_refused(text: str) -> None:
    with pytest.raises(PolicyError, match="EG-3004"):
        read(text)
