"""The gateway as a pure ASGI application, mounted at ``/v1``.

Every answer, also to a mistake, has the shape of the provider's dialect, in French, with its code.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from egide.detection import Detector
from egide.detection.recogniser import Source
from egide.errors import EgideError, GatewayError
from egide.gateway import justifying, tracing
from egide.gateway.access import caller_of
from egide.gateway.analysis import Analyst
from egide.gateway.answering import Answering
from egide.gateway.asgi import Gone, Receive, Scope, Send, answer, read_body
from egide.gateway.batches import Serving
from egide.gateway.batches.calling import ProviderError
from egide.gateway.dialect import Dialect, Shape
from egide.gateway.dialects import by_kind
from egide.gateway.endpoints import Closed, Endpoint, Opened, Sent, Shown, Stored, find
from egide.gateway.exchanges import GatewayExchanges
from egide.gateway.exchanging import Exchange
from egide.gateway.failures import place_of
from egide.gateway.identifiers import exchange_id
from egide.gateway.journalling import Journalling, JournalState
from egide.gateway.limits import Limits
from egide.gateway.limits.refusing import headers as limit_headers
from egide.gateway.observing import Nobody
from egide.gateway.parts import Parts
from egide.gateway.preparing import Asked, prepare
from egide.gateway.records import Known
from egide.gateway.reviewing import Reviewer
from egide.gateway.routing import known_model, names
from egide.gateway.statuses import retry_after, status_of
from egide.gateway.upstream import Upstream
from egide.journal import JournalStore, Pace, Signer
from egide.policy import Caller
from egide.ports import Directory, Justifications, Observer, Snapshot, Tracer
from egide.pseudonymisation import Keyring, Pseudonymiser, VaultStore
from egide.settings import Settings

logger = logging.getLogger(__name__)
_MOST_AT_ONCE: Final = 1000
_MOST_HEARD: Final = 16
_STEP: Final = re.compile(r"[a-z_-]{1,24}")
_SIGNING: Final = "journal signing"


class Gateway:
    """``await start()`` and ``await stop()`` in the server's event loop, around its life.

    ``vault`` only reads: what is masked is saved by ``journal``, in the record's own transaction.
    ``writer`` names this process's chain in the journal: two processes never share one.
    ``limits`` counts what the snapshot's limits speak of: in memory only unless it is given.
    ``justifications`` keeps reasons and approvals: without it, what asks for one is refused.
    ``make_detector`` builds the detector of a snapshot from its extra sources (the company's terms).
    """

    def __init__(
        self,
        directory: Directory,
        keyring: Keyring,
        vault: VaultStore,
        journal: JournalStore,
        settings: Settings,
        *,
        writer: str = "gateway-1",
        make_detector: Callable[[Sequence[Source]], Detector] = lambda extra: Detector(extra=extra),
        pace: Pace | None = None,
        limits: Limits | None = None,
        observer: Observer | None = None,
        justifications: Justifications | None = None,
        tracer: Tracer | None = None,
    ) -> None:
        signer = Signer(keyring.derive(_SIGNING))
        analyst = Analyst(keyring, make_detector, seconds=settings.analysis_seconds)
        self._parts = Parts(
            directory=directory,
            keyring=keyring,
            analyst=analyst,
            reviewer=Reviewer(analyst),
            pseudonymiser=Pseudonymiser(keyring, vault),
            journal=Journalling(journal, writer, signer, pace=pace),
            upstream=Upstream(settings),
            settings=settings,
            limits=limits or Limits(),
            observer=observer or Nobody(),
            reasons=justifying.Reasons(justifications),
            tracer=tracer,
        )
        self.exchanges = GatewayExchanges(self._parts)
        self._stored = Serving(self._parts, lambda: self._active > 1)
        self._active = self._hearing = 0

    async def start(self) -> None:
        """Open the connections and the journal; read one text, so that the first exchange is quick."""
        await self._parts.upstream.start()
        self._parts.journal.start()
        await self._parts.limits.start()
        await self._parts.analyst.warm(self._parts.directory.snapshot())

    async def stop(self) -> None:
        """Write what the journal has left, and close everything."""
        await self._parts.upstream.stop()
        await self._parts.reviewer.stop()
        await self._parts.journal.stop()
        await self._parts.limits.stop()
        self._parts.analyst.close()
        self._parts.attachments.close()
        self._parts.reasons.close()

    @property
    def journal(self) -> JournalState:
        """How the journal keeps up."""
        return self._parts.journal.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        began, headers = time.time_ns(), dict[bytes, bytes](scope["headers"])
        path = _path(scope)
        endpoint, below = find(path)
        shape = _shape(endpoint, path, headers)
        try:
            self._active += 1
            if self._active > _MOST_AT_ONCE:
                raise GatewayError("EG-4015")
            if endpoint is None:
                raise GatewayError("EG-4013", path=_shown(path))
            _check_method(endpoint, scope["method"])
            snapshot = self._parts.directory.snapshot()
            caller = caller_of(headers, snapshot, self._parts.keyring)
            match endpoint:
                case Sent(dialect=dialect):
                    await self._exchange(dialect, snapshot, caller, headers, receive, send)
                case Stored(elsewhere=Closed() as closed) if shape.kind == closed.kind:
                    await self._refuse_closed(closed, snapshot, caller)
                case Stored():
                    await self._stored.answer(
                        endpoint, below, snapshot, caller, scope, headers, receive, send
                    )
                case Opened(dialect=dialect) if not below and endpoint.opens(snapshot.policy):
                    with self._hearing_one(scope["method"]):
                        await self._exchange(dialect, snapshot, caller, headers, receive, send)
                case Closed():
                    await self._refuse_closed(endpoint, snapshot, caller)
                case _:
                    await answer(send, 200, orjson.dumps(_models(endpoint, below, scope, snapshot, shape)))
        except Gone:
            return
        except EgideError as problem:
            self._told(endpoint, shape, problem.code, headers, began)
            await _refuse(send, shape, problem)
        except Exception as failure:  # fail closed, in the provider's shape
            logger.error("request failed: %s", place_of(failure))
            self._told(endpoint, shape, "EG-4017", headers, began)
            await _refuse(send, shape, GatewayError("EG-4017"))
        finally:
            self._active -= 1

    async def _exchange(
        self,
        dialect: Dialect,
        snapshot: Snapshot,
        caller: Caller,
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
    ) -> None:
        raw = await read_body(receive, headers, self._parts.settings.max_request_bytes)
        conversation = headers.get(b"x-egide-conversation", b"").decode("latin-1")
        decode = partial(dialect.decode, raw, headers.get(b"content-type", b""))
        again = decode if snapshot.fallbacks else None
        body = await asyncio.to_thread(decode) if dialect.heard else decode()
        code = headers.get(justifying.HEADER, b"").decode("latin-1").strip()
        asked = Asked(snapshot, caller, dialect, body, conversation, again=again, code=code)
        prepared = await prepare(self._parts, asked)
        await Answering(Exchange(self._parts, prepared, headers), send).run(receive)

    @contextmanager
    def _hearing_one(self, method: str) -> Iterator[None]:
        """Around an exchange that carries a recording, held whole meanwhile: few at once."""
        if method != "POST":
            raise GatewayError("EG-4014", method=method if method.isalpha() else "?", allowed="POST")
        if self._hearing >= _MOST_HEARD:
            raise GatewayError("EG-4015")
        self._hearing += 1
        try:
            yield
        finally:
            self._hearing -= 1

    def _told(
        self, endpoint: Endpoint | None, shape: Shape, code: str, headers: dict[bytes, bytes], began: int
    ) -> None:
        """Tell who measures that nothing left."""
        name = _name(endpoint, shape)
        self._parts.observer.refused(name, code)
        if self._parts.tracer is not None and isinstance(endpoint, Sent | Closed):
            tracing.refused(self._parts.tracer, name, shape.kind, code, headers, began)

    async def _refuse_closed(self, endpoint: Closed, snapshot: Snapshot, caller: Caller) -> None:
        """Every closed address passes here, unless the policy opens it."""
        problem = GatewayError(
            endpoint.code,
            path=f"/v1{endpoint.path}",
            why=endpoint.says,
            remedy=endpoint.remedy,
        )
        known = Known(exchange_id(), "api", endpoint.name, caller, snapshot.policy.version)
        await self._parts.journal.write(known.refused(problem.code))
        raise problem


def _models(endpoint: Endpoint, below: str, scope: Scope, snapshot: Snapshot, shape: Shape) -> dict[str, Any]:
    if isinstance(endpoint, Shown):
        return shape.model(known_model(snapshot, shape.kind, below))
    query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
    return shape.models(names(snapshot, shape.kind), query)


def _name(endpoint: Endpoint | None, shape: Shape) -> str:
    """What the journal and metrics call an address."""
    match endpoint:
        case Sent(dialect=dialect):
            return dialect.name
        case Closed(name=name) | Stored(name=name):
            return name
        case _:
            return shape.kind


def _check_method(endpoint: Endpoint, method: str) -> None:
    if endpoint.method not in (None, method):
        raise GatewayError("EG-4014", method=method if method.isalpha() else "?", allowed=endpoint.method)


async def _refuse(send: Send, shape: Shape, problem: EgideError) -> None:
    status = problem.status if isinstance(problem, ProviderError) else status_of(problem)
    headers = retry_after(problem) or limit_headers(problem)
    if problem.code == "EG-4014":
        headers.append((b"allow", str(problem.fields["allowed"]).encode()))
    if address := problem.fields.get("address"):
        headers.append((justifying.ADDRESS, str(address).encode()))
    body = orjson.dumps(shape.error(status, problem.code, problem.message))
    await answer(send, status, body, headers)


def _path(scope: Scope) -> str:
    """The path below ``/v1``, wherever the application is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    path = path.removeprefix(root) if root else path
    return path.removeprefix("/v1").rstrip("/") or "/"


def _shape(endpoint: Endpoint | None, path: str, headers: dict[bytes, bytes]) -> Shape:
    """The protocol in which to answer, also to a mistake."""
    if endpoint is not None and endpoint.kind is not None:
        return by_kind(endpoint.kind)
    anthropic = path.startswith("/messages") or b"anthropic-version" in headers
    return by_kind("anthropic" if anthropic else "openai")


def _shown(path: str) -> str:
    """The path as an error repeats it: without what could be a value in it."""
    steps = [step if _STEP.fullmatch(step) else "…" for step in path.split("/")[1:6]]
    return "/".join(("/v1", *steps))
