"""``/v1/batches``: the requests of a file, answered within a day."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import orjson

from egide.errors import EgideError, GatewayError
from egide.gateway import justifying
from egide.gateway.answering import Answering
from egide.gateway.asgi import read_body
from egide.gateway.batches import kept, shown
from egide.gateway.batches.call import Call
from egide.gateway.batches.calling import called, content_of, path_to
from egide.gateway.batches.leaving import spend
from egide.gateway.batches.listing import LARGEST, limit_of, owned_things
from egide.gateway.batches.owner import BATCH, FILE, Held
from egide.gateway.batches.wholes import batch_creation
from egide.gateway.exchanging import Exchange
from egide.gateway.fields import wrong
from egide.gateway.preparing import Asked, prepare
from egide.gateway.routing import Route
from egide.pseudonymisation import Session

PATH: Final = "/batches"


async def create(call: Call) -> None:
    """``POST``: each request of the file counts for the limits."""
    owner = call.owner
    body = await body_of(call)
    try:
        held, lot = await _file_of(call, body)
    except EgideError as problem:
        await owner.parts.journal.write(owner.known("batches").refused(problem.code))
        raise
    way = Route(held.provider, lot.model, declared=True)

    def show(content: Any, session: Session) -> dict[str, Any]:
        made = Held(BATCH, shown.named(BATCH, content), held.thread, held.provider)
        kept.own(owner, [made])
        spend(call, way, lot.size)
        return shown.batch(owner, made, content, session)

    code = call.given.get(justifying.HEADER, b"").decode("latin-1").strip()
    asked = Asked(
        owner.snapshot,
        owner.caller,
        batch_creation(show),
        body,
        owner.conversation,
        route=way,
        count=lot.lines,
        code=code,
    )
    prepared = await prepare(owner.parts, asked)
    await Answering(Exchange(owner.parts, prepared, call.given), call.send).run(call.receive)


async def listing(call: Call) -> None:
    """``GET``: the caller's own."""
    found, more = await owned_things(
        call.owner,
        (BATCH,),
        call.owner.providers("openai"),
        PATH,
        call.given,
        limit=limit_of(call.query, LARGEST),
        cursor="after",
        after=call.query.get("after", ""),
        show=lambda held, thing: _shown(call, held, thing),
    )
    ends = {"first_id": found[0]["id"], "last_id": found[-1]["id"]} if found else {}
    await call.answer({"object": "list", "data": found, "has_more": more, **ends})


async def show(call: Call) -> None:
    """``GET`` of one."""
    await _one(call, "GET")


async def cancel(call: Call) -> None:
    """``POST``: no more of its requests are answered."""
    await _one(call, "POST", "/cancel")


async def body_of(call: Call) -> dict[str, Any]:
    """The request. Raises GatewayError EG-4005 or EG-4006."""
    raw = await read_body(call.receive, call.given, call.owner.parts.settings.max_request_bytes)
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    if type(body) is not dict:
        raise GatewayError("EG-4005")
    return body


async def _file_of(call: Call, body: dict[str, Any]) -> tuple[Held, kept.Lot]:
    given = body.get("input_file_id")
    if type(given) is not str:
        raise wrong("input_file_id")
    held = call.owner.open(given, FILE)
    lot = await kept.lot_of(call.owner, held.thread, ahead=True)
    if body.get("endpoint") not in (lot.path, f"/v1{lot.path}"):
        raise GatewayError("EG-4069", field="endpoint")
    return held, lot


async def _one(call: Call, method: str, tail: str = "") -> None:
    held = call.owner.open(call.identifier, BATCH)
    path = path_to(PATH, held.identifier, tail)
    async with called(call.owner.parts, held.provider, method, path, call.given) as response:
        content = await content_of(held.provider, response)
    await call.answer(await _shown(call, held, content))


async def _shown(call: Call, held: Held, content: dict[str, Any]) -> dict[str, Any]:
    session, texts = call.owner.session(), shown.texts_of(content)
    if any(session.seen(text) for text in texts):
        await call.owner.parts.journal.flush()
        await asyncio.to_thread(session.recall, texts)
    kept.own(call.owner, shown.files_of(held, content))
    return shown.batch(call.owner, held, content, session)
