from __future__ import annotations

from datetime import date, timedelta

import pytest

from egide.reference.providers import Fact, Plan, Preset, plan_of, plans, presets

ASKED = (
    "openai",
    "mistral",
    "anthropic",
    "azure",
    "ovhcloud",
    "scaleway",
    "albert",
    "ollama",
    "vllm",
    "llama-cpp",
)


def _facts(plan: Plan) -> list[tuple[str, Fact]]:
    return [(title, fact) for title, fact in plan.facts if isinstance(fact, Fact)]


@pytest.mark.parametrize("plan", plans().plans, ids=lambda plan: plan.id)
def test_what_is_said_to_be_verified_names_where_it_was_read(plan: Plan) -> None:
    for title, fact in plan.facts:
        assert fact.text, title
        assert fact.sources or not fact.verified, title
        assert all(source.url.scheme == "https" and source.date for source in fact.sources), title


def test_what_was_not_read_is_not_sure() -> None:
    facts = [fact for plan in plans().plans for _, fact in _facts(plan)]
    assert not [fact for fact in facts if fact.sure and (fact.value is None or not fact.sources)]
    assert {(fact.verified, fact.value is None, fact.sure) for fact in facts} >= {
        (True, False, True),
        (True, True, False),
        (False, True, False),
    }


def test_no_fact_was_lost_on_the_way() -> None:
    told = [fact for plan in plans().plans for _, fact in _facts(plan)]
    assert len(plans().plans) == 29
    assert len(told) == 29 * 5 + 1
    for plan in plans().plans:
        verified = sum(fact.verified for _, fact in _facts(plan)[:5])
        assert plan.verified_fields == f"{verified}/5", plan.id
    cited = {str(source.url) for plan in plans().plans for _, fact in plan.facts for source in fact.sources}
    cited |= {str(source.url) for plan in plans().plans for source in plan.note_sources}
    assert cited == {str(source.url) for source in plans().sources.values()}


def test_the_whole_must_be_read_again_after_its_time() -> None:
    last = plans().meta.sources_read_up_to + timedelta(days=plans().meta.review_after_days)
    assert not plans().stale(last)
    assert plans().stale(last + timedelta(days=1))
    assert plans().review_by == last > date(2026, 11, 23)


@pytest.mark.parametrize("name", ASKED)
def test_every_service_that_people_ask_for_has_a_preset(name: str) -> None:
    assert name in presets()


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.id)
def test_a_preset_is_never_more_trusting_than_what_is_known(preset: Preset) -> None:
    plan = plan_of(preset)
    if preset.group == "local":
        assert preset.trust == "local"
        assert preset.base_url.startswith("http://127.0.0.1:")
        assert plan is not None
        assert plan.kind == "local"
    else:
        assert preset.trust == "public"
        assert not preset.base_url or preset.base_url.startswith("https://")
        assert preset.source is not None or preset.id in ("openai", "anthropic")


def test_the_address_of_an_anthropic_service_has_no_version() -> None:
    for preset in presets().values():
        if preset.base_url:
            assert preset.base_url.endswith("/v1") is (preset.kind == "openai"), preset.id
