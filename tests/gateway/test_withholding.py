"""Values that nobody sent, taken out of answers: every protocol, whole and streamed, every channel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import aiohttp
import anthropic
import openai
import pytest
import yaml
from tests.gateway.staging import KEY, KEYRING, Stage
from tests.gateway.test_exchanges import ask
from tests.gateway.test_streams import SCOPE, TOOLS, texts, wire_of

from egide.checks import mark
from egide.detection import Detector, Finding
from egide.detection.view import fold
from egide.errors import DetectionError, GatewayError
from egide.gateway.analysis import Analyst
from egide.gateway.dialects import by_kind, dialects
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.loopback_responses import responses_events
from egide.gateway.sse import Event, EventParser
from egide.gateway.withholding import Withholding
from egide.policy import Policy
from egide.ports import Snapshot
from egide.pseudonymisation import Pseudonymiser, Session

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
IBAN = "FR14 2004 1010 0505 0001 3M02 606"
OTHER = f" Le virement part de {IBAN}, au nom de Mme Bérangère Quéméneur."
SAID = f" Le virement part de {mark('IBAN')}, au nom de Mme {mark('PERSON')}."
WAIT = {"x-egide-checks": "wait"}
KEYS = ScopeKeys.of(KEYRING, SCOPE).threaded("ex-0123456789ab-0123456789ab", "ailleurs")


def masking(stage: Stage, **checks: str) -> None:
    """A policy that takes out what nobody sent."""
    content = yaml.safe_load(Policy.default().to_yaml())
    checks = {"unsent": "mask", **checks}
    stage.company.policy = Policy.from_yaml(yaml.safe_dump({**content, "checks": checks}))
    stage.company.version += 1
    stage.provider.alter = lambda text: text + OTHER


def withheld(kind: Any, events: list[tuple[str, dict[str, Any]]]) -> str:
    """What a caller gets of these events when a value that nobody sent is taken out."""
    session = Pseudonymiser(KEYRING).session(SCOPE)
    analyst = Analyst(KEYRING, lambda extra: Detector(extra=extra))
    found = Withholding(analyst, Snapshot(1, "acme", Policy.default(), (), {}), (), structured=False)
    session.read_by(found.reader)
    reader = by_kind(kind).stream(session, KEYS)
    wire = [reader.feed(Event(name, json.dumps(content).encode())) for name, content in events]
    return b"".join([*wire, reader.close()]).decode()


@pytest.mark.parametrize(
    "delta",
    [
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": IBAN}]}]},
        {"reasoning_content": {"text": IBAN}},
        {"tool_calls": [{"index": 0, "note": IBAN, "function": {"name": "f", "arguments": "{}"}}]},
        {"tool_calls": [{"index": 0, "function": {"name": "f", "memo": IBAN, "arguments": "{}"}}]},
    ],
)
def test_what_is_no_text_of_the_protocol_does_not_leave(delta: dict[str, Any]) -> None:
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    chunk["choices"] = [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": None}]
    assert "3M02" not in withheld("openai", [("", chunk)])


def test_arguments_that_are_no_text_stop_the_stream() -> None:
    call = {"index": 0, "function": {"name": "f", "arguments": {"iban": IBAN}}}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    chunk["choices"] = [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}]
    with pytest.raises(ValueError, match="arguments"):
        withheld("openai", [("", chunk)])


def test_a_text_that_begins_with_its_block_is_read_with_what_follows() -> None:
    start = {"type": "message_start", "message": {"content": [{"type": "text", "text": IBAN}], "usage": {}}}
    block = {
        "type": "content_block_start",
        "index": 0,
        "content_block": {"type": "text", "text": f"Son IBAN : {IBAN[:20]}"},
    }
    delta = {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "text_delta", "text": f"{IBAN[20:]}, voilà."},
    }
    events = [start, block, delta, {"type": "content_block_stop", "index": 0}, {"type": "message_stop"}]
    out = withheld("anthropic", [(str(one["type"]), one) for one in events])
    assert "2004 1010" not in out
    assert "3M02" not in out
    assert mark("IBAN") in out


async def chat(stage: Stage, stream: bool) -> str:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        asked: Any = {"model": "grand", "messages": [{"role": "user", "content": TEXT}]}
        if not stream:
            whole = await client.chat.completions.create(**asked)
            return whole.choices[0].message.content or ""
        pieces = await client.chat.completions.create(**asked, stream=True)
        return "".join([choice.delta.content or "" async for piece in pieces for choice in piece.choices])


async def completion(stage: Stage, stream: bool) -> str:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        if not stream:
            return (await client.completions.create(model="grand", prompt=TEXT)).choices[0].text
        pieces = await client.completions.create(model="grand", prompt=TEXT, stream=True)
        return "".join([choice.text async for piece in pieces for choice in piece.choices])


async def response(stage: Stage, stream: bool) -> str:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        if not stream:
            return (await client.responses.create(model="grand", input=TEXT)).output_text
        async with client.responses.stream(model="grand", input=TEXT) as events:
            said = "".join(
                [event.delta async for event in events if event.type == "response.output_text.delta"]
            )
            assert (await events.get_final_response()).output_text == said
            return said


async def message(stage: Stage, stream: bool) -> str:
    base = stage.url.removesuffix("/v1")
    asked: Any = {"model": "fin", "messages": [{"role": "user", "content": TEXT}], "max_tokens": 50}
    async with anthropic.AsyncAnthropic(base_url=base, api_key=KEY, max_retries=0) as client:
        if not stream:
            return "".join(block.text for block in (await client.messages.create(**asked)).content)  # type: ignore[union-attr]
        async with client.messages.stream(**asked) as events:
            return await events.get_final_text()


CALLS = {"chat": chat, "completions": completion, "responses": response, "messages": message}


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("call", CALLS)
async def test_what_nobody_sent_is_taken_out_and_what_was_sent_comes_back(
    stage: Stage, call: str, stream: bool
) -> None:
    masking(stage)
    assert await CALLS[call](stage, stream) == TEXT + SAID
    closed = await stage.closed()
    assert closed["withheld"] == {"IBAN": 1, "PERSON": 1}
    assert not [
        value for value in ("2004 1010", "20041010", "meneur") if value in str(list(stage.store.read()))
    ]


@pytest.mark.parametrize("call", CALLS)
async def test_by_default_it_is_left(stage: Stage, call: str) -> None:
    stage.provider.alter = lambda text: text + OTHER
    assert await CALLS[call](stage, True) == TEXT + OTHER
    assert "withheld" not in await stage.closed()


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_who_waits_is_told_how_many(stage: Stage, stream: bool) -> None:
    masking(stage)
    body = {"model": "grand", "messages": [{"role": "user", "content": TEXT}], "stream": stream}
    head = {"authorization": f"Bearer {KEY}", **WAIT}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{stage.url}/chat/completions", json=body, headers=head) as answer,
    ):
        said, told = await answer.text(), answer.headers.get("x-egide-checks")
    found = "withheld.iban=1, withheld.person=1"
    assert (said.endswith(f"\n\n: egide-checks {found}\n\n") and told is None) if stream else told == found


async def test_the_assistant_shows_what_is_left_and_says_what_is_not(stage: Stage) -> None:
    masking(stage)
    *deltas, last = await ask(stage, TEXT)
    assert "".join(delta.text for delta in deltas) == TEXT + SAID
    assert [delta.label for delta in deltas if delta.label] == ["PERSON", "PHONE"]
    assert last.checks is not None
    assert last.checks.withheld_counts == {"IBAN": 1, "PERSON": 1}


async def test_a_value_of_an_earlier_turn_is_the_callers(stage: Stage) -> None:
    masking(stage)
    *deltas, _ = await ask(stage, f"Mon IBAN : {IBAN}", "Noté.", "Et Mme Quéméneur ?")
    assert IBAN in "".join(delta.text for delta in deltas)


async def test_a_value_that_the_company_declared_is_left(stage: Stage) -> None:
    masking(stage)
    stage.company.allowed = frozenset({KEYRING.value_digest(fold(IBAN))})
    assert IBAN in await chat(stage, stream=True)
    assert (await stage.closed())["withheld"] == {"PERSON": 1}


async def test_a_document_that_was_asked_for_stays_one(stage: Stage) -> None:
    masking(stage)
    document = json.dumps({"siret": 73282932000074, "iban": IBAN, "lignes": [1, 2]}, ensure_ascii=False)
    stage.provider.alter = lambda text: document
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        stream = await client.chat.completions.create(
            model="grand", messages=[{"role": "user", "content": "Réponds en JSON."}], stream=True,
            response_format={"type": "json_object"},
        )  # fmt: skip
        said = "".join([choice.delta.content or "" async for piece in stream for choice in piece.choices])
    assert json.loads(said) == {"siret": mark("SIRET"), "iban": mark("IBAN"), "lignes": [1, 2]}


@pytest.mark.parametrize("call", ["chat", "messages"])
async def test_when_the_detection_fails_nothing_more_is_given(
    stage: Stage, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    masking(stage)

    def broken(text: str) -> tuple[Finding, ...]:
        raise DetectionError("EG-1002")

    monkeypatch.setattr(Analyst, "windows", lambda self, snapshot: broken)
    with pytest.raises((openai.APIError, anthropic.APIError)) as told:
        await CALLS[call](stage, True)
    assert "EG-4045" in str(told.value)
    assert (await stage.closed())["status"] == "failed"
    with pytest.raises((openai.APIError, anthropic.APIError), match="EG-4045"):
        await CALLS[call](stage, False)


@pytest.mark.parametrize("fault", ["cut", "half-event", "error-event", "no-end"])
async def test_a_stream_that_breaks_off_gives_no_part_of_a_value(stage: Stage, fault: Any) -> None:
    masking(stage)
    stage.provider.alter = lambda text: f"Voici : {IBAN}"
    stage.provider.fault = fault
    body = {"model": "grand", "messages": [{"role": "user", "content": "Lequel ?"}], "stream": True}
    async with (
        aiohttp.ClientSession() as http,
        http.post(
            f"{stage.url}/chat/completions", json=body, headers={"authorization": f"Bearer {KEY}"}
        ) as answer,
    ):
        said = await answer.text()
    assert "FR14" not in said
    assert "EG-40" in said


async def test_long_answers_at_once(stage: Stage) -> None:
    masking(stage)
    stage.provider.alter = lambda text: (text + OTHER + "\n") * 15
    stage.provider._longest, stage.provider._longest_write = 1, 60_000
    said = await asyncio.gather(*(CALLS[call](stage, True) for call in CALLS))
    assert said == [(TEXT + SAID + "\n") * 15] * len(CALLS)


# Readers of streams, without a network: every cut of the bytes.

_ANALYST = Analyst(KEYRING, lambda extra: Detector(extra=extra))
_SNAPSHOT = Snapshot(1, "acme", Policy.default(), allowed=frozenset())


def session(*, sent: tuple[str, ...] = ()) -> tuple[Session, str, Withholding]:
    """A session that issued one name, whose answers go without the rest."""
    made = Pseudonymiser(KEYRING).session(SCOPE)
    placeholder = made.mask("Solenne Garrigou", [Finding(0, 16, "PERSON", 1.0, "test", "")])
    taken = Withholding(_ANALYST, _SNAPSHOT, ("Solenne Garrigou", *made.issued, *sent), structured=False)
    made.read_by(taken.reader)
    return made, placeholder, taken


def through(kind: str, wire: bytes, *cuts: int) -> list[Event]:
    made, _, _ = session()
    dialect: Any = dialects()["/responses"] if kind == "responses" else by_kind(kind)  # type: ignore[arg-type]
    stream, parser = dialect.stream(made, KEYS), EventParser()
    bounds = [0, *cuts, len(wire)]
    out = b"".join(stream.feed(event) for a, b in pairwise(bounds) for event in parser.feed(wire[a:b]))
    assert stream.ended
    return [event for event in EventParser().feed(out) if event.data]


def joined(kind: str, events: list[Event]) -> dict[Any, str]:
    if kind != "responses":
        return texts(kind, events)
    found: dict[Any, str] = {}
    for event in map(json.loads, (event.data for event in events)):
        if event["type"].endswith(".delta"):
            place = event["type"], event["output_index"]
            found[place] = found.get(place, "") + event["delta"]
    return found


def wired(kind: str, text: str, size: int, **body: Any) -> bytes:
    if kind != "responses":
        return wire_of(kind, text, size, **body)

    def cut(piece: str) -> Iterator[str]:
        yield from (piece[i : i + size] for i in range(0, len(piece), size))

    return "".join(responses_events({"model": "m", **body}, text, "resp_1", cut)).encode()


@pytest.mark.parametrize("kind", ["openai", "anthropic", "responses"])
def test_every_size_of_the_pieces_gives_the_same_text(kind: str) -> None:
    _, placeholder, _ = session()
    said = f"Pour {placeholder} : {IBAN}.\nRappeler le 07 61 23 45 98 avant midi, à Lyon."
    whole = joined(kind, through(kind, wired(kind, said, 10_000)))
    assert [text for text in whole.values() if text] == [
        f"Pour Solenne Garrigou : {mark('IBAN')}.\nRappeler le {mark('PHONE')} avant midi, à Lyon."
    ]
    for size in (1, 2, 3, 5, 8, 13, 40):
        wire = wired(kind, said, size)
        assert joined(kind, through(kind, wire)) == whole
        assert joined(kind, through(kind, wire, *range(7, len(wire), 11))) == whole


PLANTED = {
    "NIR": ("Numéro de sécurité sociale : ", "1 85 02 75 116 042 35", "."),
    "IBAN": ("Le virement part de ", IBAN, ", sauf avis."),
    "SIRET": ("L'établissement porte le SIRET ", "356 000 000 00048", "."),
    "PHONE": ("Rappelez le ", "07 61 23 45 98", " avant midi."),
    "PERSON": ("Le dossier est suivi par Mme ", "Bérangère Quéméneur", ", au siège."),
    "ADDRESS": ("Elle habite ", "27 bis avenue Jean Jaurès, 69007 Lyon", " depuis mars."),
    "EMAIL": ("Écrivez à ", "b.quemeneur@cabinet-rhodanien.fr", " pour la suite."),
    "CARD": ("Payé avec la carte ", "4973 5542 7575 6717", " hier."),
    "TAX_NUMBER": ("The ITIN is ", "912-70-4321", " for now."),
}


@pytest.mark.parametrize("label", PLANTED)
@pytest.mark.parametrize(
    "filling", ["", "Voici, comme convenu hier, ce que dit le dossier.\n" * 9], ids=["short", "long"]
)
def test_a_value_cut_anywhere_never_begins_to_go(label: str, filling: str) -> None:
    before, value, after = PLANTED[label]
    for at in range(1, len(value)):
        made, _, _ = session()
        stream, out = by_kind("openai").stream(made, KEYS), b""
        for piece in (f"{filling}{before}", value[:at], value[at:], f"{after}{filling}"):
            chunk = {"choices": [{"index": 0, "delta": {"content": piece}}]}
            out += stream.feed(Event("", json.dumps(chunk).encode()))
            said = texts("openai", EventParser().feed(out)).get((0, "content"), "")
            assert f"{filling}{before}{mark(label)}{after}{filling}".startswith(said)
        out += stream.feed(Event("", b"[DONE]"))
        said = f"{filling}{before}{mark(label)}{after}{filling}"
        assert texts("openai", EventParser().feed(out)) == {(0, "content"): said}


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_arguments_of_tools_stay_documents(kind: str, size: int) -> None:
    _, placeholder, _ = session()
    wire = wire_of(kind, f'virer "{placeholder}" : {IBAN}', size, tools=TOOLS[kind])
    found = [json.loads(text) for text in texts(kind, through(kind, wire)).values() if text]
    assert found == [{"texte": f'virer "Solenne Garrigou" : {mark("IBAN")}'}] * 2


def test_the_input_of_a_whole_call_is_read_with_its_names() -> None:
    made, _, _ = session()
    given = {"nom": "Quéméneur", "siret": 73282932000074, "note": "rien"}
    block = {"type": "tool_use", "id": "toolu_1", "name": "noter", "input": given}
    answer = {"content": [block], "stop_reason": "tool_use"}
    by_kind("anthropic").restore(answer, made, KEYS)
    assert block["input"] == {"nom": mark("PERSON"), "siret": mark("SIRET"), "note": "rien"}
    assert (block["id"], block["name"]) == ("toolu_1", "noter")


def test_choices_are_kept_apart() -> None:
    found = texts("openai", through("openai", wire_of("openai", f"Voici {IBAN}", 3, n=3)))
    assert found == {(i, "content"): f"Voici {mark('IBAN')}" for i in range(3)}


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning", "refusal", "champ_inconnu"])
def test_every_text_of_a_choice_is_read(name: str) -> None:
    made, _, _ = session()
    stream = by_kind("openai").stream(made, KEYS)
    out = b""
    for piece in ("Voici ", IBAN[:9], IBAN[9:], " merci"):
        chunk = {
            "choices": [{"index": 0, "delta": {name: piece, "autre": [piece]}, "plus": piece}],
            "et": piece,
        }
        out += stream.feed(Event("", json.dumps(chunk).encode()))
    out += stream.feed(
        Event("", json.dumps({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}).encode())
    )
    assert b"FR14" not in out
    assert b"3M02" not in out
    deltas = [json.loads(event.data)["choices"][0]["delta"] for event in EventParser().feed(out)]
    assert "".join(delta.get(name, "") for delta in deltas) == f"Voici {mark('IBAN')} merci"


@pytest.mark.parametrize("size", [1, 4, 500])
def test_what_a_model_thinks_is_read_and_comes_back_as_it_was_signed(size: int) -> None:
    wire = wire_of("anthropic", f"compte {IBAN}", size, thinking={"type": "enabled"})
    events = [json.loads(event.data) for event in through("anthropic", wire)]
    deltas = [event["delta"] for event in events if event["type"] == "content_block_delta"]
    shown = "".join(delta.get("thinking", "") for delta in deltas)
    assert shown == f"Lire : compte {mark('IBAN')}"
    kinds = [delta["type"] for delta in deltas if delta.get("thinking") or "signature" in delta]
    assert kinds.index("signature_delta") == len(kinds) - 1
    signature = "".join(delta.get("signature", "") for delta in deltas)
    back = {"type": "thinking", "thinking": shown, "signature": signature}
    request = {"messages": [{"role": "assistant", "content": [back]}]}
    by_kind("anthropic").unseal(request, KEYS)
    assert back["thinking"] == f"Lire : compte {IBAN}"
    assert "~" not in back["signature"]


def test_what_a_model_thought_is_not_to_be_changed() -> None:
    made, _, _ = session()
    block = {"type": "thinking", "thinking": f"Lire {IBAN}", "signature": "sig=="}
    by_kind("anthropic").restore({"content": [block], "stop_reason": "end_turn"}, made, KEYS)
    assert block["thinking"] == f"Lire {mark('IBAN')}"
    other = {"messages": [{"role": "assistant", "content": [{**block, "thinking": "Lire FR14"}]}]}
    with pytest.raises(GatewayError):
        by_kind("anthropic").unseal(other, KEYS)


def test_pieces_that_the_protocol_has_not_do_not_go() -> None:
    made, _, _ = session()
    stream = by_kind("anthropic").stream(made, KEYS)
    event = {"type": "content_block_delta", "index": 0, "delta": {"type": "odd_delta", "odd": IBAN[:12]}}
    assert stream.feed(Event("content_block_delta", json.dumps(event).encode())) == b""


def test_a_value_that_was_taken_out_is_followed_by_its_short_forms() -> None:
    """As in a text that is read at once."""
    _, _, taken = session()
    reader = taken.reader("text")
    made, _, _ = session()
    made.read_by(taken.reader)
    filling = "Le reste du dossier ne dit rien de plus que cela à ce sujet. " * 12
    said = made.restore(f"Le dossier est suivi par Mme Bérangère Quéméneur. {filling}Quéméneur a signé.")
    assert reader is not None
    assert "Quéméneur" not in said


def test_counts_are_of_values_not_of_places() -> None:
    made, _, taken = session()
    made.restore(f"{IBAN}\n{IBAN.replace(' ', '')}\n{IBAN.lower()}\n")
    assert taken.counts["IBAN"] <= 2
    made.restore(IBAN)
    assert taken.counts["IBAN"] <= 2


async def test_the_caller_is_told_of_fields_that_did_not_leave(stage: Stage) -> None:
    body = {"model": "grand", "messages": [{"role": "user", "content": "Bonjour.", "x": 1}], "session": TEXT}
    head = {"authorization": f"Bearer {KEY}"}
    url = f"{stage.url}/chat/completions"
    async with aiohttp.ClientSession() as http:
        async with http.post(url, json=body, headers=head) as answer:
            assert answer.status == 400
            assert "x-egide-dropped" not in answer.headers
        masking(stage, fields="drop")
        async with http.post(url, json=body, headers=head) as answer:
            assert (answer.status, answer.headers["x-egide-dropped"]) == (200, "2")
    (received,) = stage.provider.received
    assert received.body["messages"] == [{"role": "user", "content": "Bonjour."}]
    assert "session" not in received.body
    assert stage.entries("opened")[0]["dropped"] == 2


def test_long_secrets_go_whole() -> None:
    made, _, _ = session()
    lines = "\n".join(f"{'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw' + str(1000 + 7 * i) * 7}" for i in range(28))
    key = f"-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----"
    assert made.restore(f"Voici la clé :\n{key}\nFin.") == f"Voici la clé :\n{mark('SECRET')}\nFin."
    token = (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx"
        + "aB3dE5gH7jK9" * 500
        + ".dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    )
    assert made.restore(f"Le jeton {token} suffit.") == f"Le jeton {mark('SECRET')} suffit."
