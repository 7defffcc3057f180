"""Pictures sent by the real client libraries, read by a real OCR engine."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import anthropic
import openai
import pytest
import yaml
from tests.documents.conftest import ocr
from tests.documents.drawing import drawn, saved
from tests.gateway.staging import KEY, Stage

from egide.documents.context import Context
from egide.policy import Pictures, Policy, Trust

LINES = ("Compte rendu de vendredi", "Contact : Mme Solenne Garrigou", "Tel. 06 39 98 41 27")
__all__ = ["ocr"]


def with_pictures(rule: Pictures) -> Policy:
    content = yaml.safe_load(Policy.default().to_yaml())
    content["pictures"] = {trust.value: rule.value for trust in Trust}
    return Policy.from_yaml(yaml.safe_dump(content))


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


async def ask_openai(stage: Stage, data: bytes) -> str:
    url = f"data:image/png;base64,{encoded(data)}"
    part = {"type": "image_url", "image_url": {"url": url, "detail": "high"}}
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        answer = await client.chat.completions.create(
            model="grand",
            messages=[{"role": "user", "content": [{"type": "text", "text": "Lis."}, part]}],  # type: ignore[list-item]
        )
    return answer.choices[0].message.content or ""


@pytest.mark.usefixtures("ocr")
async def test_only_the_text_of_a_picture_leaves_by_default(stage: Stage) -> None:
    said = await ask_openai(stage, saved(drawn(*LINES)))
    left = json.dumps(stage.provider.received[0].body, ensure_ascii=False)
    assert "l'image n'est pas transmise" in left
    assert "image_url" not in left
    assert "Garrigou" not in left
    assert "39 98 41" not in left
    assert "Solenne Garrigou" in said
    assert stage.entries("opened")[0]["attachments"] == {"png": 1}


@pytest.mark.usefixtures("ocr")
async def test_a_picture_that_may_leave_is_painted_over_and_loses_its_metadata(stage: Stage) -> None:
    from PIL import Image, PngImagePlugin

    stage.company.policy = with_pictures(Pictures.MASKED)
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Solenne Garrigou")
    await ask_openai(stage, saved(drawn(*LINES), pnginfo=told))
    part = stage.provider.received[0].body["messages"][-1]["content"][1]
    assert part["image_url"]["detail"] == "high"
    data = base64.b64decode(part["image_url"]["url"].partition(",")[2])
    assert b"Garrigou" not in data
    assert Image.open(io.BytesIO(data)).info == {}
    seen = " ".join(line.text for line in Context().read(data).lines)
    assert "vendredi" in seen
    assert "PERSONNE" in seen
    assert "Garrigou" not in seen
    assert "98 41" not in seen


@pytest.mark.usefixtures("ocr")
async def test_no_picture_leaves_when_the_policy_says_so(stage: Stage) -> None:
    stage.company.policy = with_pictures(Pictures.REFUSED)
    with pytest.raises(openai.BadRequestError, match="EG-4055"):
        await ask_openai(stage, saved(drawn(*LINES)))
    assert not stage.provider.received


@pytest.mark.usefixtures("ocr")
async def test_a_picture_without_text_is_refused_when_only_text_may_leave(stage: Stage) -> None:
    with pytest.raises(openai.BadRequestError, match="EG-4055"):
        await ask_openai(stage, saved(drawn()))
    assert not stage.provider.received


@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize("rule", [Pictures.TEXT, Pictures.MASKED])
async def test_anthropic_in_a_tool_result(stage: Stage, rule: Pictures) -> None:
    stage.company.policy = with_pictures(rule)
    source = {"type": "base64", "media_type": "image/jpeg", "data": encoded(saved(drawn(*LINES), "JPEG"))}
    result = {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "image", "source": source}]}
    messages: Any = [
        {"role": "user", "content": "Lis."},
        {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "voir", "input": {}}]},
        {"role": "user", "content": [result]},
    ]
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        await client.messages.create(model="fin", max_tokens=9, messages=messages)
    (left,) = stage.provider.received[0].body["messages"][2]["content"][0]["content"]
    assert left["type"] == ("text" if rule is Pictures.TEXT else "image")
    assert "Garrigou" not in json.dumps(left)
    assert source["data"] not in json.dumps(left)


@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize("rule", [Pictures.TEXT, Pictures.MASKED])
async def test_responses_in_a_message_and_in_the_output_of_a_tool(stage: Stage, rule: Pictures) -> None:
    stage.company.policy = with_pictures(rule)
    given = encoded(saved(drawn(*LINES)))
    part = {"type": "input_image", "image_url": f"data:image/png;base64,{given}", "detail": "low"}
    items: Any = [
        {"role": "user", "content": [part, {"type": "input_text", "text": "Lis."}]},
        {"type": "function_call", "call_id": "c", "name": "voir", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": [part]},
    ]
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        await client.responses.create(model="grand", input=items)
    sent = stage.provider.received[0].body["input"]
    for left in (sent[0]["content"][0], sent[2]["output"][0]):
        assert left["type"] == ("input_text" if rule is Pictures.TEXT else "input_image")
        assert left.get("detail") == (None if rule is Pictures.TEXT else "low")
        assert "Garrigou" not in json.dumps(left)
        assert given not in json.dumps(left)


async def test_without_an_engine_a_picture_is_refused(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = stage.gateway._parts.attachments._sandbox
    read = sandbox.read
    monkeypatch.setattr(sandbox, "read", lambda files: read(files, ocr=False))
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    with pytest.raises(openai.BadRequestError, match="EG-4055"):
        await ask_openai(stage, base64.b64decode(pixel))
    assert not stage.provider.received
