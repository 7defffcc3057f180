"""The results of a batch given to their owner line by line, each restored as it would be alone.

A line is restored with the values of its own request only, by the name that the caller gave it: in whatever
order the provider answers, one line never shows the values of another.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import aiohttp
import orjson

from egide.checks import Unsent, check_answer
from egide.errors import DetectionError, EgideError, GatewayError
from egide.gateway.answer_texts import text_of
from egide.gateway.asgi import Presence, Receive, Send, begin
from egide.gateway.batches import kept
from egide.gateway.batches.calling import called
from egide.gateway.batches.lines import Line, Lines
from egide.gateway.batches.owner import Held, Owner
from egide.gateway.dialect import Dialect, Outcome
from egide.gateway.dialects import by_kind, dialects
from egide.gateway.failures import place_of
from egide.gateway.identifiers import ScopeKeys, part_of
from egide.gateway.limits.spending import Spent, spent
from egide.gateway.records import Closing
from egide.gateway.restoring import restore_strings
from egide.gateway.reviewing import MOST_CHARACTERS
from egide.gateway.routing import Route
from egide.gateway.withholding import Withholding
from egide.journal import Entry
from egide.pseudonymisation import NOTE, Session

logger = logging.getLogger(__name__)
_AT_ONCE: Final = 64
_BYTES_AT_ONCE: Final = 262_144
_BROKEN: Final = (ValueError, TypeError, AttributeError, KeyError, RecursionError)


@dataclass(slots=True)
class _Restored:
    """A line as the caller gets it. ``outcome`` is None when it holds no answer."""

    written: bytes
    outcome: Outcome | None = None
    output: int = 0
    estimated: int = 0
    unsent: Mapping[str, int] = field(default_factory=dict)
    withheld: Mapping[str, int] = field(default_factory=dict)


class Results:
    """One reading of one file of results, or of the results of a message batch."""

    def __init__(self, owner: Owner, held: Held, lot: kept.Lot, name: str, path: str) -> None:
        self._owner, self._held, self._lot, self._path = owner, held, lot, path
        self._dialect = dialects()[lot.path]
        route = Route(held.provider, lot.model, declared=True)
        self._known = replace(owner.known(name), route=route)
        self._inline = held.provider.kind == "anthropic"
        self._began = time.perf_counter()
        self._hash = hashlib.sha256()
        self._bytes = self._lines = self._broken = 0
        self._first: float | None = None
        self._spent = Spent()
        checks = owner.snapshot.policy.document.checks
        self._read = checks.answers.covers(asked=False) and self._dialect.restores
        self._withholds = checks.unsent is Unsent.MASK and self._dialect.restores
        self._found: Counter[str] = Counter()
        self._withheld: Counter[str] = Counter()
        self._status: int | None = None

    async def run(self, given: Mapping[bytes, bytes], receive: Receive, send: Send) -> None:
        """Give them; how it ended is in the journal whatever happens. Raises EgideError before the first
        byte."""
        counted = await kept.was_read(self._owner, self._held)
        opened = self._known.opened(b"", streamed=True, kept=0, hidden=0)
        await self._owner.parts.journal.write(opened)
        status, error = "failed", None
        presence = Presence(receive)
        try:
            with presence:
                status, error = await self._give(given, send)
        except asyncio.CancelledError:
            if not presence.gone:
                raise
            status = "abandoned"
            if (task := asyncio.current_task()) is not None:
                task.uncancel()
        except EgideError as problem:
            error = problem.code
            raise
        finally:
            if status == "complete":
                kept.read(self._owner, self._held)
            self._close(status, error, counted=counted)

    async def _give(self, given: Mapping[bytes, bytes], send: Send) -> tuple[str, str | None]:
        provider, most = self._held.provider, self._owner.parts.settings.max_results_bytes
        async with called(self._owner.parts, provider, "GET", self._path, given) as response:
            self._status = response.status
            if (response.content_length or 0) > most:
                raise GatewayError("EG-4010", provider=provider.name)
            media = b"application/x-jsonl" if self._inline else b"application/jsonl"
            await begin(send, 200, media, [(b"x-egide-exchange", self._known.exchange.encode())])
            problem = await self._stream(response, send, most)
        if problem is not None:
            # The end is not sent: the caller's library sees that the answer was cut.
            await self._send(send, self._error("", problem))
            return ("cut" if problem.code == "EG-4011" else "failed"), problem.code
        await send({"type": "http.response.body", "body": b""})
        return "complete", None

    async def _stream(self, response: aiohttp.ClientResponse, send: Send, most: int) -> EgideError | None:
        """All lines as they come. What went wrong, if anything did."""
        name = self._held.provider.name
        lines = Lines(self._owner.parts.settings.max_answer_bytes)
        try:
            async for chunk in response.content.iter_any():
                self._bytes += len(chunk)
                self._hash.update(chunk)
                if self._bytes > most:
                    return GatewayError("EG-4010", provider=name)
                await self._pass(lines.feed(chunk), send)
            await self._pass(lines.close(), send)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return GatewayError("EG-4011", provider=name)
        except EgideError as problem:
            return problem
        except Exception as failure:  # fail closed: where it broke, never the message
            logger.error("results failed: %s", place_of(failure))
            return GatewayError("EG-4017")
        return None

    async def _pass(self, lines: Sequence[Line], send: Send) -> None:
        for group in _groups(lines):
            restored = await asyncio.to_thread(self._group, group)
            for one in restored:
                self._count(one)
            await self._send(send, b"".join(one.written for one in restored))

    async def _send(self, send: Send, body: bytes) -> None:
        self._first = self._first or time.perf_counter()
        await send({"type": "http.response.body", "body": body, "more_body": True})

    def _group(self, lines: Sequence[Line]) -> list[_Restored]:
        return [self._restored(line) for line in lines]

    def _restored(self, line: Line) -> _Restored:
        """In a thread: the vault is read."""
        name = ""
        try:
            content = orjson.loads(line.raw or b"")
            name = content["custom_id"]
            if type(name) is not str:
                raise ValueError("a line without a name")
            thread = part_of(self._held.thread, name)
            session = self._owner.session()
            if self._dialect.restores:
                session.recall_threads([thread])
            withholding = self._withholding(session, thread)
            keys = self._owner.keys.under(thread).towards(self._held.provider.id)
            outcome = (inline if self._inline else filed)(content, self._dialect, session, keys)
            unsent = self._unsent(content, session, thread) if outcome is not None else {}
            written = orjson.dumps(content) + b"\n"
        except _BROKEN:
            problem = GatewayError("EG-4010", provider=self._held.provider.name)
            return _Restored(self._error(name if type(name) is str else "", problem))
        if outcome is None:
            return _Restored(written)
        told = spent(outcome, complete=True, sent=0, received=line.size * self._dialect.restores, events=0)
        guessed = 0 if outcome.output_tokens is not None else told.output_tokens
        withheld = withholding.counts if withholding is not None else {}
        return _Restored(written, outcome, told.output_tokens, guessed, unsent, withheld)

    def _withholding(self, session: Session, part: str) -> Withholding | None:
        """What takes out of this answer the values that its request did not hold, if the policy says so."""
        if not self._withholds:
            return None
        owner, sent = self._owner, (*kept.sent_in(session, part), NOTE, *session.issued)
        found = Withholding(owner.parts.analyst, owner.snapshot, sent, structured=False)
        session.read_by(found.reader)
        return found

    def _unsent(self, content: dict[str, Any], session: Session, part: str) -> Mapping[str, int]:
        """Values of an answer that its request did not hold, by label, when the policy has answers read."""
        if not self._read:
            return {}
        text = text_of(content)[:MOST_CHARACTERS]
        try:
            (findings,) = self._owner.parts.analyst.find(self._owner.snapshot, [text])
        except DetectionError:  # what fails here only leaves it unchecked
            self._read = False
            return {}
        return check_answer(text, findings, kept.sent_in(session, part)).unsent_counts

    def _count(self, one: _Restored) -> None:
        self._lines += 1
        self._broken += one.outcome is None
        self._found.update(one.unsent)
        self._withheld.update(one.withheld)
        output, estimated = self._spent.output_tokens + one.output, self._spent.estimated + one.estimated
        self._spent = Spent(0, output, estimated)

    def _error(self, name: str, problem: EgideError) -> bytes:
        """A line of ours, in the form of the others."""
        if self._inline:
            error = by_kind("anthropic").error(502, problem.code, problem.message)
            line: dict[str, Any] = {"custom_id": name, "result": {"type": "errored", "error": error}}
        else:
            error = {"code": problem.code, "message": problem.message}
            line = {"id": "", "custom_id": name, "response": None, "error": error}
        return orjson.dumps(line) + b"\n"

    def _close(self, status: str, error: str | None, *, counted: bool) -> None:
        owner, ended = self._owner, time.perf_counter()
        if not counted:
            owner.parts.limits.spend(
                owner.snapshot, owner.caller, self._held.provider, self._lot.model, self._spent
            )
        closing = Closing(
            status=status,
            outcome=Outcome(output_tokens=self._spent.output_tokens),
            upstream_status=self._status,
            answer_bytes=self._bytes,
            answer_hash=self._hash.hexdigest(),
            first_ms=1000 * (self._first - self._began) if self._first is not None else None,
            duration_ms=1000 * (ended - self._began),
            error=error,
            estimated_tokens=self._spent.estimated,
        )
        entry = self._known.closed(closing)
        more: dict[str, object] = {"lines": self._lines, "lines_without_answer": self._broken}
        more |= {"checked": self._read} | ({"unsent": dict(self._found)} if self._found else {})
        more |= {"withheld": dict(self._withheld)} if self._withheld else {}
        owner.parts.journal.note(Entry(entry.kind, entry.exchange, entry.at, {**entry.details, **more}))


def filed(content: dict[str, Any], dialect: Dialect, session: Session, keys: ScopeKeys) -> Outcome | None:
    """Restore a line of a file of results in place. What its answer says of itself, None when it has none.

    Raises ValueError, TypeError, AttributeError or KeyError when it has not the shape of one.
    """
    response, outcome = content.get("response"), None
    if response is not None:
        body = response["body"]
        if response.get("status_code") == 200:
            outcome = dialect.restore(body, session, keys)
        else:
            restore_strings(body, session)
    elif content.get("error") is None:
        raise ValueError("neither an answer nor an error")
    restore_strings(content.get("error"), session)
    return outcome


def inline(content: dict[str, Any], dialect: Dialect, session: Session, keys: ScopeKeys) -> Outcome | None:
    """The same for a result of a message batch."""
    result = content["result"]
    if result["type"] == "succeeded":
        return dialect.restore(result["message"], session, keys)
    restore_strings(result.get("error"), session)
    return None


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines to restore in one go: not so many that the first waits for the last."""
    groups: list[list[Line]] = []
    size = 0
    for line in lines:
        if not groups or len(groups[-1]) >= _AT_ONCE or size > _BYTES_AT_ONCE:
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += line.size
    return groups
