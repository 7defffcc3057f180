from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from tests.gateway.staging import KEYRING
from tests.gateway.test_responses_stream import KEYS
from tests.gateway.test_streams import SCOPE, VALUE, session

from egide.gateway.dialects.openai_responses.answer import ANSWER, restore
from egide.gateway.loopback_responses import responses_answer
from egide.pseudonymisation import NOTE, Pseudonymiser

TOOL = {"type": "function", "name": "noter"}


def answer(text: str, **more: Any) -> dict[str, Any]:
    body = {"model": "m", "reasoning": {"effort": "low"}, "tools": [TOOL]}
    return {**responses_answer(body, text, "resp_1"), **more}


def test_every_text_comes_back_and_every_name_is_sealed() -> None:
    made, placeholder = session()
    told = {
        "previous_response_id": "resp_0",
        "conversation": {"id": "conv_1"},
        "instructions": f"{NOTE}\n\nAide {placeholder}",
        "error": {"code": "server_error", "message": f"pour {placeholder}"},
        "metadata": {"dossier": placeholder},
        "tools": [{**TOOL, "description": f"Pour {placeholder}", "id": "libre"}],
    }
    content = answer(f"à {placeholder}", **told)
    outcome = restore(content, made, KEYS)
    reasoning, call = content["output"]
    assert reasoning["summary"][0]["text"] == f"Lire : à {VALUE}"
    assert reasoning["content"][0]["text"] == f"Relire : à {VALUE}"
    assert json.loads(call["arguments"]) == {"texte": f"à {VALUE}"}
    assert content["instructions"] == f"Aide {VALUE}"
    assert content["error"]["message"] == f"pour {VALUE}"
    assert content["metadata"] == {"dossier": VALUE}
    assert content["tools"][0] == {**TOOL, "description": f"Pour {VALUE}", "id": "libre"}
    sealed = [
        (content["id"], "response", "resp_1"),
        (content["previous_response_id"], "response", "resp_0"),
        (content["conversation"]["id"], "conversation", "conv_1"),
        (reasoning["id"], "item", "rs_1"),
        (reasoning["encrypted_content"], "encrypted", f"gAAAA{len(f'à {placeholder}')}=="),
        (call["id"], "item", "fc_10"),
        (call["call_id"], "call", "call_10"),
    ]
    assert [KEYS.take(kind, given) for given, kind, _ in sealed] == [name for _, _, name in sealed]
    assert (outcome.input_tokens, outcome.output_tokens, outcome.finish) == (11, 7, "completed")


def test_a_value_never_goes_into_what_comes_back_to_the_provider() -> None:
    made, placeholder = session()
    content = answer("x", id=placeholder, previous_response_id=placeholder, conversation={"id": placeholder})
    for item in content["output"]:
        item |= {"id": placeholder, "call_id": placeholder, "encrypted_content": placeholder}
    restore(content, made, KEYS)
    assert VALUE not in json.dumps(content, ensure_ascii=False)
    given = [content["id"], content["output"][0]["encrypted_content"], content["output"][1]["call_id"]]
    assert [KEYS.take(k, g) for k, g in zip(("response", "encrypted", "call"), given, strict=True)] == [
        placeholder
    ] * 3


def test_places_and_tokens_of_another_text_are_left_out_only_when_it_is_another() -> None:
    note = {"type": "url_citation", "start_index": 0, "end_index": 3, "url": "https://x", "title": "t"}
    part = {"type": "output_text", "text": "a", "annotations": [note], "logprobs": [{"token": "a"}]}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "content": [part]}
    for made, left in ((session()[0], 0), (Pseudonymiser(KEYRING).session(SCOPE), 1)):
        content = answer("x", output=[copy.deepcopy(message)])
        restore(content, made, KEYS)
        given = content["output"][0]["content"][0]
        assert (len(given["annotations"]), len(given["logprobs"])) == (left, left)


@pytest.mark.parametrize(
    ("status", "details", "finish"),
    [
        ("incomplete", {"reason": "max_output_tokens"}, "max_output_tokens"),
        ("failed", None, "failed"),
        (None, [], None),
        (3, {"reason": 3}, None),
    ],
)
def test_how_it_ended(status: Any, details: Any, finish: Any) -> None:
    content = answer("x", status=status, incomplete_details=details, usage={"input_tokens": True})
    outcome = restore(content, session()[0], KEYS)
    assert (outcome.finish, outcome.input_tokens) == (finish, None)


@pytest.mark.parametrize(
    "odd",
    [{}, [], 3, None, {"output": {}}, {"output": [3]}, {"output": [], "id": 3}, {"output": [{"id": []}]},
     {"output": [], "conversation": {"id": 3}}],
)  # fmt: skip
def test_answers_of_another_shape_are_refused(odd: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one is not told to anybody
        restore(odd, session()[0], KEYS)


def test_a_service_that_says_little_is_understood() -> None:
    content: dict[str, Any] = {"output": [{"type": "message", "content": "x"}], "id": None, "usage": None}
    restore(content, session()[0], KEYS)
    assert content == {"output": [{"type": "message", "content": "x"}], "id": None, "usage": None}


def test_the_table_tells_of_every_kind_of_item() -> None:
    kinds = {name.partition("(")[2].partition(")")[0] for name in ANSWER if name.startswith("output[](")}
    assert kinds == {"message", "function_call", "custom_tool_call", "reasoning", "compaction"}
