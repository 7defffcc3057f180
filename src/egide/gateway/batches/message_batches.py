"""``/v1/messages/batches``: Anthropic's batches, whose requests come in the call itself."""

from __future__ import annotations

import time
from typing import Any, Final

from egide.errors import EgideError, GatewayError
from egide.gateway.batches import kept, shown
from egide.gateway.batches.call import Call
from egide.gateway.batches.calling import called, content_of, path_to
from egide.gateway.batches.gathering import Gathering
from egide.gateway.batches.jobs import body_of
from egide.gateway.batches.leaving import leave, spend
from egide.gateway.batches.line import of_inline
from egide.gateway.batches.listing import limit_of, owned_things
from egide.gateway.batches.owner import MESSAGES, Held
from egide.gateway.batches.results import Results
from egide.gateway.batches.spool import Spool
from egide.gateway.batches.wholes import message_batch_creation
from egide.gateway.fields import below, wrong
from egide.pseudonymisation import Session

PATH: Final = "/messages/batches"
_LARGEST_PAGE: Final = 1000


async def create(call: Call) -> None:
    """``POST``: each request counts for the limits; one that is refused refuses all."""
    owner, began = call.owner, time.perf_counter()
    spool = Spool(owner.parts.settings)
    try:
        gathering = Gathering(owner, owner.known("message-batches"), spool, "demande", call.busy)
        try:
            await _gather(gathering, await body_of(call))
        except EgideError as problem:
            await gathering.journal_refusal(problem)
            raise
        known = await gathering.finish()
        spool.frame(b'{"requests":[', b"]}")
        route, lot = gathering.route, gathering.lot
        assert route is not None  # noqa: S101 - ``finish`` saw to it
        try:
            limit = await owner.parts.limits.admit(
                owner.snapshot, owner.caller, route.provider, count=lot.lines
            )
        except GatewayError as problem:
            await gathering.journal_refusal(problem)
            raise

        def show(content: Any, session: Session) -> dict[str, Any]:
            held = Held(MESSAGES, shown.named(MESSAGES, content), gathering.thread, route.provider)
            kept.own(owner, [held])
            spend(call, route, lot.size)
            return shown.message_batch(owner, held, content, call.base)

        owner.parts.observer.prepared("message-batches", time.perf_counter() - began, gathering.masked)
        await leave(call, gathering, known, message_batch_creation(show), spool, limit=limit)
    finally:
        spool.close()


async def listing(call: Call) -> None:
    """``GET``: the caller's own, page after page."""
    if "before_id" in call.query:
        raise wrong("before_id")

    async def show(held: Held, thing: dict[str, Any]) -> dict[str, Any]:
        return shown.message_batch(call.owner, held, thing, call.base)

    found, more = await owned_things(
        call.owner,
        (MESSAGES,),
        call.owner.providers("anthropic"),
        PATH,
        call.given,
        limit=limit_of(call.query, _LARGEST_PAGE),
        cursor="after_id",
        after=call.query.get("after_id", ""),
        show=show,
    )
    first, last = (found[0]["id"], found[-1]["id"]) if found else (None, None)
    await call.answer({"data": found, "has_more": more, "first_id": first, "last_id": last})


async def show(call: Call) -> None:
    """``GET`` of one."""
    held, content = await _one(call, "GET")
    await call.answer(shown.message_batch(call.owner, held, content, call.base))


async def cancel(call: Call) -> None:
    """``POST``: no more of its requests are answered."""
    held, content = await _one(call, "POST", "/cancel")
    await call.answer(shown.message_batch(call.owner, held, content, call.base))


async def delete(call: Call) -> None:
    """``DELETE``: also once its values are forgotten."""
    await _one(call, "DELETE")
    await call.answer({"id": call.identifier, "type": "message_batch_deleted"})


async def results(call: Call) -> None:
    """``GET`` of its results, restored line by line."""
    held = call.owner.open(call.identifier, MESSAGES)
    lot = await kept.lot_of(call.owner, held.thread)
    path = path_to(PATH, held.identifier, "/results")
    await Results(call.owner, held, lot, "message-batch-results", path).run(
        call.given, call.receive, call.send
    )


async def _gather(gathering: Gathering, body: dict[str, Any]) -> None:
    for name in body:
        if name != "requests":
            raise GatewayError("EG-4002", field=below("", name))
    requests = body.get("requests")
    if type(requests) is not list or not requests:
        raise wrong("requests")
    for number, given in enumerate(requests, 1):
        if gathering.full:
            return
        try:
            request = of_inline(given)
        except GatewayError as problem:
            gathering.refuse(number, problem)
        else:
            await gathering.add(number, request)


async def _one(call: Call, method: str, tail: str = "") -> tuple[Held, dict[str, Any]]:
    held = call.owner.open(call.identifier, MESSAGES)
    path = path_to(PATH, held.identifier, tail)
    async with called(call.owner.parts, held.provider, method, path, call.given) as response:
        return held, await content_of(held.provider, response)
