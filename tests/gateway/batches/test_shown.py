from __future__ import annotations

from typing import Any

import pytest
from tests.gateway.staging import Stage

from egide.gateway.batches import shown
from egide.gateway.batches.owner import BATCH, FILE, MESSAGES, RESULTS, Held, Owner

THREAD = "0" * 24 + "a" * 8


@pytest.fixture
def owner(stage: Stage) -> Owner:
    snapshot = stage.company.snapshot()
    return Owner(stage.gateway._parts, snapshot, next(iter(snapshot.callers.values())))


def held(owner: Owner, kind: str) -> Held:
    return Held(kind, "x-1", THREAD, owner.snapshot.providers[0])


async def test_only_known_fields_of_a_file_are_passed_on_under_a_sealed_name(owner: Owner) -> None:
    said = {"id": "autre", "bytes": 3, "filename": "lot.jsonl", "inconnu": "Mme Garrigou"}
    given = shown.file(owner, held(owner, FILE), said)
    assert owner.keys.taken(FILE, given.pop("id")) == ("x-1", THREAD)
    assert given == {"bytes": 3, "filename": "lot.jsonl"}


async def test_the_files_of_a_batch_are_sealed_each_of_its_kind(owner: Owner) -> None:
    said: dict[str, Any] = {
        "id": "x-1",
        "input_file_id": "f-1",
        "output_file_id": "f-2",
        "error_file_id": None,
    }
    given = shown.batch(owner, held(owner, BATCH), said, owner.session())
    assert owner.keys.taken(FILE, given["input_file_id"]) == ("f-1", THREAD)
    assert owner.keys.taken(RESULTS, given["output_file_id"]) == ("f-2", THREAD)
    assert given.keys() == {"id", "input_file_id", "output_file_id"}
    assert [one.identifier for one in shown.files_of(held(owner, BATCH), said)] == ["f-2"]


@pytest.mark.parametrize(("ready", "told"), [("https://ailleurs.exemple.fr/r", True), (None, False)])
async def test_results_are_fetched_from_the_gateway(owner: Owner, ready: str | None, told: bool) -> None:
    said = {"id": "x-1", "processing_status": "ended", "results_url": ready}
    given = shown.message_batch(owner, held(owner, MESSAGES), said, "https://egide/v1")
    url = f"https://egide/v1/messages/batches/{given['id']}/results"
    assert given["results_url"] == (url if told else None)


@pytest.mark.parametrize("content", [None, [], {}, {"id": 3}, {"id": ""}])
def test_what_has_no_name_is_no_answer(content: Any) -> None:
    with pytest.raises(ValueError, match="without a name"):
        shown.named(FILE, content)


def test_placeholders_are_sought_in_what_the_caller_or_the_provider_wrote() -> None:
    said = {"metadata": {"a": "un"}, "errors": {"data": [{"message": "deux"}]}, "status": "trois"}
    assert shown.texts_of(said) == ["un", "deux"]
    assert shown.texts_of(None) == []
