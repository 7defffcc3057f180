"""The gateway as a pure ASGI application, mounted at ``/v1``.

Every answer, also to a mistake, has the shape of the provider's dialect, in French, with its code.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import orjson

from egide.detection import Detector
from egide.detection.recogniser import Source
from egide.errors import EgideError, GatewayError
from egide.gateway.access import caller_of
from egide.gateway.analysis import Analyst
from egide.gateway.answering import Answering
from egide.gateway.asgi import Gone, Receive, Scope, Send, answer, read_body
from egide.gateway.dialect import Dialect
from egide.gateway.dialects import by_kind, dialects
from egide.gateway.exchanges import GatewayExchanges
from egide.gateway.exchanging import Exchange
from egide.gateway.failures import place_of
from egide.gateway.journalling import Journalling
from egide.gateway.parts import Parts
from egide.gateway.preparing import Asked, prepare
from egide.gateway.reviewing import Reviewer
from egide.gateway.routing import names
from egide.gateway.statuses import status_of
from egide.gateway.upstream import Upstream
from egide.journal import JournalStore, Pace, Signer
from egide.policy import Caller
from egide.ports import Directory, Snapshot
from egide.pseudonymisation import Keyring, Pseudonymiser, VaultStore
from egide.settings import Settings

logger = logging.getLogger(__name__)
_MOST_AT_ONCE: Final = 1000
_SIGNING: Final = "journal signing"


class Gateway:
    """``await start()`` and ``await stop()`` in the server's event loop, around its life.

    ``vault`` only reads: what is masked is saved by ``journal``, in the record's own transaction.
    ``writer`` names this process's chain in the journal: two processes never share one.
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
    ) -> None:
        signer = Signer(keyring.derive(_SIGNING))
        analyst = Analyst(keyring, make_detector)
        self._parts = Parts(
            directory=directory,
            keyring=keyring,
            analyst=analyst,
            reviewer=Reviewer(analyst),
            pseudonymiser=Pseudonymiser(keyring, vault),
            journal=Journalling(journal, writer, signer, pace=pace),
            upstream=Upstream(settings),
            settings=settings,
        )
        self.exchanges = GatewayExchanges(self._parts)
        self._active = 0

    async def start(self) -> None:
        """Open the connections and the journal; read one text, so that the first exchange is quick."""
        await self._parts.upstream.start()
        self._parts.journal.start()
        await self._parts.analyst.warm(self._parts.directory.snapshot())

    async def stop(self) -> None:
        """Write what the journal has left, and close everything."""
        await self._parts.upstream.stop()
        await self._parts.reviewer.stop()
        await self._parts.journal.stop()
        self._parts.analyst.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        path = _path(scope)
        shape = _shape(path, headers)
        try:
            self._active += 1
            if self._active > _MOST_AT_ONCE:
                raise GatewayError("EG-4015")
            await self._route(path, scope["method"], headers, receive, send)
        except Gone:
            return
        except EgideError as problem:
            await _refuse(send, shape, problem)
        except Exception as failure:  # fail closed, in the provider's shape
            logger.error("request failed: %s", place_of(failure))
            await _refuse(send, shape, GatewayError("EG-4017"))
        finally:
            self._active -= 1

    async def _route(
        self, path: str, method: str, headers: dict[bytes, bytes], receive: Receive, send: Send
    ) -> None:
        dialect = dialects().get(path)
        expected = "GET" if path == "/models" else "POST"
        if dialect is None and path != "/models":
            raise GatewayError("EG-4013", path=_shown(path))
        if method != expected:
            raise GatewayError("EG-4014", method=method if method.isalpha() else "?", allowed=expected)
        snapshot = self._parts.directory.snapshot()
        caller = caller_of(headers, snapshot, self._parts.keyring)
        if dialect is None:
            await _models(send, snapshot, _shape(path, headers))
        else:
            await self._exchange(dialect, snapshot, caller, headers, receive, send)

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
        asked = Asked(snapshot, caller, dialect, _object(raw), conversation)
        prepared = await prepare(self._parts, asked)
        await Answering(Exchange(self._parts, prepared, headers), send).run(receive)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    if type(body) is not dict:
        raise GatewayError("EG-4005")
    return body


async def _models(send: Send, snapshot: Snapshot, shape: Dialect) -> None:
    await answer(send, 200, orjson.dumps(shape.models(names(snapshot, shape.kind))))


async def _refuse(send: Send, shape: Dialect, problem: EgideError) -> None:
    status = status_of(problem)
    headers = [(b"retry-after", b"5")] if problem.code == "EG-4015" else []
    if problem.code == "EG-4014":
        headers.append((b"allow", str(problem.fields["allowed"]).encode()))
    body = orjson.dumps(shape.error(status, problem.code, problem.message))
    await answer(send, status, body, headers)


def _path(scope: Scope) -> str:
    """The path below ``/v1``, wherever the application is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    path = path.removeprefix(root) if root else path
    return path.removeprefix("/v1").rstrip("/") or "/"


def _shape(path: str, headers: dict[bytes, bytes]) -> Dialect:
    """The dialect in which to answer, also to a mistake."""
    anthropic = path.startswith("/messages") or b"anthropic-version" in headers
    return dialects().get(path) or by_kind("anthropic" if anthropic else "openai")


def _shown(path: str) -> str:
    """The path as an error repeats it: without what could be a value in it."""
    known = path.isascii() and len(path) < 60 and not any(map(str.isdigit, path))
    return f"/v1{path}" if known else "/v1/…"
