"""Files sent by the real client libraries: nothing of them leaves but their masked text."""

from __future__ import annotations

import base64
import json
from typing import Any

import anthropic
import openai
import pytest
from tests.documents.files import docx, eml, odt, pdf, pptx, xlsx
from tests.gateway.staging import KEY, Stage

SAID = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27 ou s.garrigou@exemple.fr."
VALUES = ("Garrigou", "39 98 41", "s.garrigou")
_OFFICE = "application/vnd.openxmlformats-officedocument."
FILES = {
    "pdf": (pdf(SAID), "application/pdf"),
    "docx": (docx(SAID), f"{_OFFICE}wordprocessingml.document"),
    "xlsx": (xlsx([SAID]), f"{_OFFICE}spreadsheetml.sheet"),
    "pptx": (pptx(SAID), f"{_OFFICE}presentationml.presentation"),
    "odt": (odt(SAID), "application/vnd.oasis.opendocument.text"),
    "eml": (eml(SAID), "message/rfc822"),
    "csv": (f"Note;Date\n{SAID};1\n".encode("cp1252"), "text/csv"),
    "html": (f"<html><body><p>{SAID}</p></body></html>".encode(), "text/html"),
    "txt": (SAID.encode(), "text/plain"),
}


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def file_part(name: str) -> dict[str, Any]:
    data, media = FILES[name]
    return {
        "type": "file",
        "file": {"filename": f"CV Garrigou.{name}", "file_data": f"data:{media};base64,{encoded(data)}"},
    }


def input_file(name: str) -> dict[str, Any]:
    data, media = FILES[name]
    address = f"data:{media};base64,{encoded(data)}"
    return {
        "type": "input_file",
        "filename": f"CV Garrigou.{name}",
        "file_data": address,
        "detail": "high",
        "prompt_cache_breakpoint": {"mode": "explicit"},
    }


def document(name: str) -> dict[str, Any]:
    data, media = FILES[name]
    return {
        "type": "document",
        "title": "CV Garrigou",
        "source": {"type": "base64", "media_type": media, "data": encoded(data)},
        "cache_control": {"type": "ephemeral"},
    }


def assert_only_text_left(stage: Stage) -> None:
    left = json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)
    assert "Contenu du document joint" in left
    assert not [value for value in VALUES if value in left]
    assert not [data for data, _ in FILES.values() if encoded(data)[:200] in left]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("name", FILES)
async def test_openai(stage: Stage, name: str, streamed: bool) -> None:
    ask = [{"role": "user", "content": [{"type": "text", "text": "Résume."}, file_part(name)]}]
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        said = ""
        if streamed:
            stream = await client.chat.completions.create(model="grand", messages=ask, stream=True)  # type: ignore[call-overload]
            async for chunk in stream:
                said += "".join(choice.delta.content or "" for choice in chunk.choices)
        else:
            answer = await client.chat.completions.create(model="grand", messages=ask)  # type: ignore[call-overload]
            said = answer.choices[0].message.content
    assert SAID in said
    assert_only_text_left(stage)


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("name", FILES)
async def test_anthropic(stage: Stage, name: str, streamed: bool) -> None:
    ask: Any = [{"role": "user", "content": [document(name), {"type": "text", "text": "Résume."}]}]
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        if streamed:
            async with client.messages.stream(model="fin", max_tokens=9, messages=ask) as stream:
                answer = await stream.get_final_message()
        else:
            answer = await client.messages.create(model="fin", max_tokens=9, messages=ask)
    assert SAID in answer.content[0].text  # type: ignore[union-attr]
    assert_only_text_left(stage)
    assert stage.provider.received[0].body["messages"][0]["content"][0]["type"] == "text"


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("name", FILES)
async def test_responses(stage: Stage, name: str, streamed: bool) -> None:
    content = [input_file(name), {"type": "input_text", "text": "Résume."}]
    ask: Any = {"model": "grand", "input": [{"role": "user", "content": content}]}
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        if streamed:
            async with client.responses.stream(**ask) as stream:
                answer: Any = await stream.get_final_response()
        else:
            answer = await client.responses.create(**ask)
    assert SAID in answer.output_text
    assert_only_text_left(stage)
    left = stage.provider.received[0].body["input"][0]["content"][0]
    assert (left["type"], left["prompt_cache_breakpoint"]) == ("input_text", {"mode": "explicit"})
    assert "detail" not in left


@pytest.mark.parametrize("kind", ["function_call", "custom_tool_call"])
async def test_responses_in_the_output_of_a_tool(stage: Stage, kind: str) -> None:
    given = "arguments" if kind == "function_call" else "input"
    parts = [{"type": "input_text", "text": "Lu :"}, input_file("docx"), input_file("csv")]
    items: Any = [
        {"role": "user", "content": "Lis."},
        {"type": kind, "call_id": "c", "name": "lire", given: "{}"},
        {"type": f"{kind}_output", "call_id": "c", "output": parts},
    ]
    stage.provider.echo = lambda body: body["input"][-1]["output"][1]["text"]
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        answer = await client.responses.create(model="grand", input=items)
    assert SAID in answer.output_text
    assert_only_text_left(stage)
    assert stage.entries("opened")[0]["attachments"] == {"docx": 1, "csv": 1}


async def test_the_turn_after_a_file_knows_what_it_held(stage: Stage) -> None:
    kept = stage.provider.kept
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        ask: Any = [{"role": "user", "content": [input_file("txt")]}]
        first = await client.responses.create(model="grand", input=ask)
        stage.provider.echo = lambda body: kept[body["previous_response_id"]]["input"][0]["content"][0][
            "text"
        ]
        second = await client.responses.create(
            model="grand", input="Que disait-il ?", previous_response_id=first.id
        )
    assert SAID in second.output_text
    assert_only_text_left(stage)


async def test_a_document_in_a_tool_result(stage: Stage) -> None:
    use = {"type": "tool_use", "id": "t1", "name": "lire", "input": {}}
    result = {"type": "tool_result", "tool_use_id": "t1", "content": [document("docx")]}
    ask: Any = [
        {"role": "user", "content": "Lis."},
        {"role": "assistant", "content": [use]},
        {"role": "user", "content": [result]},
    ]
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        answer = await client.messages.create(model="fin", max_tokens=9, messages=ask)
    assert SAID in answer.content[0].text  # type: ignore[union-attr]
    assert_only_text_left(stage)


async def test_a_document_given_as_text_or_as_blocks(stage: Stage) -> None:
    plain = {
        "type": "document",
        "title": "De Solenne Garrigou",
        "source": {"type": "text", "media_type": "text/plain", "data": SAID},
    }
    blocks = {"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": SAID}]}}
    ask: Any = [{"role": "user", "content": [plain, blocks]}]
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        await client.messages.create(model="fin", max_tokens=9, messages=ask)
    left = json.dumps(stage.provider.received[0].body["messages"], ensure_ascii=False)
    assert left.count("[TELEPHONE_") == 2
    assert not [value for value in VALUES if value in left]


async def test_the_journal_counts_them_by_kind(stage: Stage) -> None:
    parts = [file_part("pdf"), file_part("docx"), file_part("docx")]
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        await client.chat.completions.create(model="grand", messages=[{"role": "user", "content": parts}])  # type: ignore[list-item]
    assert stage.entries("opened")[0]["attachments"] == {"pdf": 1, "docx": 2}


async def test_a_refused_file_is_told_and_nothing_leaves(stage: Stage) -> None:
    bad = {"type": "file", "file": {"filename": "a.pdf", "file_data": encoded(b"%PDF-1.4 abime")}}
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        with pytest.raises(openai.BadRequestError, match="EG-4052") as refused:
            await client.chat.completions.create(
                model="grand",
                messages=[{"role": "user", "content": [file_part("docx"), bad]}],  # type: ignore[list-item]
            )
    assert "messages.0.content.1" in str(refused.value)
    assert not stage.provider.received
    assert stage.entries("refused")[0]["attachments"] == {"unread": 2}
    assert stage.entries("refused")[0]["error"] == "EG-4052"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"type": "image_url", "image_url": {"url": "https://exemple.fr/photo.png"}}, "EG-4056.*adresse web"),
        ({"type": "file", "file": {"file_id": "file-123"}}, "EG-4056.*gardé par le fournisseur"),
        ({"type": "file", "file": {"file_data": "https://exemple.fr/cv.pdf"}}, "EG-4056.*adresse web"),
        ({"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}, "EG-4004"),
    ],
)
async def test_what_is_elsewhere_or_heard_is_refused(stage: Stage, part: dict[str, Any], code: str) -> None:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        with pytest.raises(openai.BadRequestError, match=code):
            await client.chat.completions.create(
                model="grand", messages=[{"role": "user", "content": [part]}]
            )  # type: ignore[list-item]
    assert not stage.provider.received


@pytest.mark.parametrize("place", ["message", "function_call_output", "custom_tool_call_output"])
@pytest.mark.parametrize(
    ("part", "code", "field"),
    [
        ({"type": "input_image", "image_url": "https://exemple.fr/a.png"}, "EG-4056", "image_url"),
        ({"type": "input_image", "file_id": "file-Garrigou"}, "EG-4056", "file_id"),
        ({"type": "input_image", "image_url": "data:image/png,Garrigou"}, "EG-4004", "image_url"),
        ({"type": "input_image", "detail": "auto"}, "EG-4003", "image_url"),
        ({"type": "input_file", "file_url": "https://exemple.fr/Garrigou.pdf"}, "EG-4056", "file_url"),
        ({"type": "input_file", "file_id": "file-Garrigou"}, "EG-4056", "file_id"),
        ({"type": "input_file", "file_data": "https://exemple.fr/Garrigou"}, "EG-4056", "file_data"),
        ({"type": "input_file", "file_data": "*** Garrigou ***"}, "EG-4003", ""),
        ({"type": "input_file", "filename": "Garrigou.pdf"}, "EG-4003", "file_data"),
        ({"type": "input_file", "file_data": "QUJD", "autre": 1}, "EG-4002", "autre"),
        ({"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}, "EG-4004", ""),
    ],
)
async def test_responses_refuses_what_it_cannot_read(
    stage: Stage, part: dict[str, Any], code: str, field: str, place: str
) -> None:
    name = "content" if place == "message" else "output"
    said: dict[str, Any] = {"role": "user"} if place == "message" else {"type": place, "call_id": "c"}
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        with pytest.raises(openai.BadRequestError, match=code) as refused:
            await client.responses.create(model="grand", input=[{**said, name: [part]}])  # type: ignore[list-item]
    assert f"input.0.{name}.0" in refused.value.message
    assert field in refused.value.message
    assert "Garrigou" not in refused.value.message
    assert not stage.provider.received
