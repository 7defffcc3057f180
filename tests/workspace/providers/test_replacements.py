from __future__ import annotations

import pytest

from egide.errors import WorkspaceError
from egide.policy import Fallback
from egide.workspace.directory import build
from egide.workspace.directory.models import Version
from egide.workspace.providers import replacements, services
from egide.workspace.providers.models import Provider, Replacement


@pytest.fixture
def two(db: None) -> tuple[Provider, Provider]:
    first = services.add_provider(
        "Un", "openai", "https://un.example/v1", "european", models=["grand", "petit"]
    )
    return first, services.add_provider(
        "Deux", "openai", "https://deux.example/v1", "public", models=["large"]
    )


def test_a_replacement_reaches_the_gateway(two: tuple[Provider, Provider]) -> None:
    first, second = two
    before = build.version()
    replacements.add(second, "large", first, "grand")
    assert build.version() > before
    assert build.snapshot().fallbacks == (Fallback("deux", "large", "un", "grand", less_trusted=False),)


def test_a_less_trusted_provider_must_be_accepted(two: tuple[Provider, Provider]) -> None:
    first, second = two
    with pytest.raises(WorkspaceError, match="EG-6124"):
        replacements.add(first, "grand", second, "large")
    replacements.add(first, "grand", second, "large", less_trusted=True)
    assert replacements.in_force()[0].less_trusted


def test_what_was_accepted_without_need_is_not_kept(two: tuple[Provider, Provider]) -> None:
    first, second = two
    replacements.add(second, "large", first, "grand", less_trusted=True)
    Provider.objects.filter(pk=first.pk).update(trust="public")
    Provider.objects.filter(pk=second.pk).update(trust="local")
    (fallback,), (one,) = replacements.in_force(), replacements.all_of_them()
    assert not fallback.less_trusted
    assert "moins digne de confiance" in replacements.obstacle(one)


def test_models_that_cannot_replace_each_other(two: tuple[Provider, Provider]) -> None:
    first, second = two
    claude = services.add_provider("Trois", "anthropic", "https://trois.example", "european", models=["c"])
    for wanted in (
        (first, "grand", first, "petit"),
        (first, "grand", claude, "c"),
        (first, "inconnu", second, "large"),
        (second, "large", first, "inconnu"),
    ):
        with pytest.raises(WorkspaceError, match="EG-6123"):
            replacements.add(*wanted, less_trusted=True)
    assert not Replacement.objects.exists()


def test_one_replacement_per_provider(two: tuple[Provider, Provider]) -> None:
    first, second = two
    replacements.add(second, "large", first, "grand")
    with pytest.raises(WorkspaceError, match="EG-6125"):
        replacements.add(second, "large", first, "petit")
    assert Replacement.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"active": False}, "désactivé"), ({"model_names": ["autre"]}, "ne propose plus grand")],
)
def test_what_makes_it_of_no_effect_is_told(
    change: dict[str, object], reason: str, two: tuple[Provider, Provider]
) -> None:
    first, second = two
    replacements.add(second, "large", first, "grand")
    assert replacements.obstacle(replacements.all_of_them()[0]) == ""
    Provider.objects.filter(pk=first.pk).update(**change)
    assert reason in replacements.obstacle(replacements.all_of_them()[0])


def test_it_leaves_with_one_of_its_providers(two: tuple[Provider, Provider]) -> None:
    first, second = two
    replacements.add(second, "large", first, "grand")
    before = Version.objects.get().number
    first.delete()
    assert replacements.in_force() == ()
    assert Version.objects.get().number > before
