"""From a request in clear to what leaves: walk, analysis, decision, masking."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from egide.checks import Fields
from egide.detection import Finding
from egide.detection.view import Views
from egide.errors import DocumentError, EgideError, GatewayError, PolicyError, WorkspaceError
from egide.gateway import masking, speech
from egide.gateway.attachments import Attached, refused
from egide.gateway.bodies import Encoded
from egide.gateway.dialect import Dialect
from egide.gateway.identifiers import ScopeKeys, exchange_id, opaque
from egide.gateway.justifying import Justifying, need_of
from egide.gateway.mentions import Value
from egide.gateway.noting import add_note
from egide.gateway.parts import Parts
from egide.gateway.records import Known
from egide.gateway.routing import Route, route
from egide.gateway.screening import Screened, screened
from egide.gateway.slots import Kind, Passage, Slot, Walk
from egide.gateway.spans import share, texts_of
from egide.gateway.upstream import Body
from egide.journal import Entry
from egide.policy import Caller
from egide.policy.limits import Share
from egide.ports import Adjustments, Snapshot
from egide.pseudonymisation import Scope, Session

_MOST_CONVERSATION = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came. ``route`` is given when the caller chose the provider itself.

    ``again`` gives the request as it came once more, for another provider (``body`` is read only once);
    None: no other provider may be asked. ``reread``: what a provider signed is read as any other text.
    ``beside`` are texts that leave with the request and cannot be masked (the name of a line of a batch), by
    their field; ``count`` is how many requests it stands for, none for a part that its whole counts.
    """

    snapshot: Snapshot
    caller: Caller
    dialect: Dialect
    body: dict[str, Any] = field(repr=False)
    conversation: str = field(default="", repr=False)
    door: str = "api"
    adjustments: Adjustments = masking.NONE
    route: Route | None = None
    again: Callable[[], dict[str, Any]] | None = None
    reread: bool = False
    beside: Sequence[tuple[str, str]] = field(default=(), repr=False)
    count: int = 1
    code: str = field(default="", repr=False)  # of a reason that was given for this very request
    began: int = field(default_factory=time.time_ns)

    @property
    def scope(self) -> Scope:
        """Whose placeholders."""
        # Nobody's own: no person has an empty name, so that no personal scope is ever the shared one.
        person = "" if self.dialect.shared else self.caller.person.id
        return Scope(self.snapshot.company, person, self.caller.usage.id, self.conversation)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to leave, masked, with the record that must be written for it."""

    known: Known
    dialect: Dialect
    route: Route
    session: Session
    keys: ScopeKeys
    body: Body = field(repr=False)
    content_type: str
    text_bytes: int  # how much of the body a model reads as text
    streamed: bool
    plain: bool  # the answer will be a text, and not JSON
    structured: bool  # the answer is to be a JSON document
    opened: Entry
    asked: Asked = field(repr=False)
    # The texts that the caller sent, in clear: what an answer may repeat.
    sent: tuple[str, ...] = field(repr=False)
    limit: Share | None = None  # the one nearest to its end, from 80 % on
    # Values of a part that the policy lets be read: an answer that comes much later may repeat them, too.
    clear: frozenset[str] = field(default=frozenset(), repr=False)


async def prepare(parts: Parts, asked: Asked) -> Prepared:
    """The request masked. A refusal is journalled, then raised (EgideError)."""
    began = time.perf_counter()
    known = _known(parts, asked)
    try:
        prepared = await _prepare(parts, asked, known)
    except Refusal as refusal:
        await parts.journal.write(refusal.known.refused(refusal.problem.code))
        raise refusal.problem from None
    except EgideError as problem:
        await parts.journal.write(known.refused(problem.code))
        raise
    parts.observer.prepared(asked.dialect.name, time.perf_counter() - began, prepared.known.masked)
    return prepared


async def prepare_part(parts: Parts, asked: Asked, known: Known) -> Prepared:
    """A request that leaves with others: its whole is journalled and counted, not it. ``known`` is that of
    the whole. Raises Refusal or EgideError."""
    return await _prepare(parts, replace(asked, count=0), known)


async def prepare_again(parts: Parts, first: Prepared, way: Route) -> Prepared | None:
    """The same request for another provider, decided and masked under what the policy says of that one.

    None when the policy, or the request itself, refuses it there. Towards a less trusted provider nothing
    that the person accepted for the first one counts: neither values left in clear nor a reason given.
    """
    asked = first.asked
    if asked.again is None:
        return None
    adjustments, less = asked.adjustments, way.provider.trust.rank < first.route.provider.trust.rank
    known = replace(first.known, instead_of=first.route.provider.id)
    if less:
        adjustments = Adjustments(hide=adjustments.hide)
        known = replace(known, accepted=None)
    body = asked.again()
    again = replace(asked, body=body, route=way, adjustments=adjustments, reread=less, again=None)
    try:
        return await _prepare(parts, again, known)
    except (EgideError, Refusal):
        return None


class Refusal(Exception):  # noqa: N818 - carries the error that people read
    """A refusal by the policy, with what is then known of the exchange."""

    def __init__(self, problem: EgideError, known: Known) -> None:
        super().__init__(problem.code)
        self.problem, self.known = problem, known


@dataclass(slots=True)
class _Reading:
    """A request read, not judged yet. ``keys`` and ``session`` are those of its provider and conversation."""

    asked: Asked
    known: Known
    request: dict[str, Any]
    walk: Walk
    way: Route
    keys: ScopeKeys
    attached: Attached
    session: Session

    @property
    def moved(self) -> bool:
        """Counted already, save for this provider."""
        return bool(self.known.instead_of)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What was found in the texts of a request, and what the policy says of it."""

    slots: list[Slot]
    found: list[list[Finding]]
    judged: masking.Judged
    orders: Screened


async def _prepare(parts: Parts, asked: Asked, known: Known) -> Prepared:
    reading = await _read(parts, asked, known)
    weighed = await _weigh(parts, reading)
    limit = await _settle(parts, reading, weighed)
    return await _leave(reading, weighed, limit)


async def _read(parts: Parts, asked: Asked, known: Known) -> _Reading:
    """The request walked, its provider chosen, its files read. Raises Refusal or EgideError."""
    dialect, snapshot = asked.dialect, asked.snapshot
    keys = ScopeKeys.of(parts.keyring, asked.scope)
    if not asked.reread:
        dialect.unseal(asked.body, keys.towards(_towards(asked)))
    drops = snapshot.policy.document.checks.fields is Fields.DROP
    walk = Walk(keys.token, keys.take, snapshot.tools, drops=drops)
    request = dialect.request.read(asked.body, "", walk, _nowhere)
    for path, text in asked.beside:
        walk.add(Slot(path, text, _nowhere, Kind.NAME))
    way = asked.route or route(snapshot, dialect.kind, request.get("model") or dialect.default_model)
    known = replace(known, route=way, heard=dialect.heard, dropped=walk.dropped)
    try:
        if dialect.heard:
            speech.check(snapshot.policy, way.provider)
        # Before any work: a refusal costs little.
        if asked.count:
            parts.limits.check(snapshot, asked.caller, way.provider, again=bool(known.instead_of))
    except GatewayError as problem:
        raise Refusal(problem, known) from None
    known, attached = await _attached(parts, snapshot, walk, known)
    session = parts.pseudonymiser.session(asked.scope)
    keys = keys.towards(way.provider.id)
    if dialect.stateful:
        keys = keys.threaded(known.exchange, way.provider.id)
        await _recall_threads(parts, session, keys, way.provider.id, request)
    return _Reading(asked, known, request, walk, way, keys, attached, session)


async def _weigh(parts: Parts, reading: _Reading) -> _Weighed:
    """Every text analysed, the policy asked, hidden orders sought."""
    asked, way = reading.asked, reading.way
    snapshot = asked.snapshot
    earlier = [Value(one.value, one.label) for one in reading.session.known]
    views = Views()
    passages = _but_declared(reading.walk.passages, way)
    slots, found = await _findings(parts, snapshot, passages, earlier, views)
    judged = masking.judge(snapshot.policy, asked.caller, way.provider, slots, found, asked.adjustments)
    orders = await screened(parts.screener, snapshot.policy.document.checks, asked.body, slots, views)
    reading.known = replace(reading.known, judged=judged, injections=orders.counts)
    return _Weighed(slots, found, judged, orders)


async def _settle(parts: Parts, reading: _Reading, weighed: _Weighed) -> Share | None:
    """Refused, or masked in place, counted and justified. The limit nearest to its end. Raises Refusal."""
    asked, way, session, slots = reading.asked, reading.way, reading.session, weighed.slots
    try:
        masking.refuse(weighed.judged.decision, justified=True, approved=True)  # what nothing lifts
        weighed.orders.refuse()
        reading.known, justifying = await _justifying(parts, reading, slots)
        await _recall(parts, session, slots)
        masking.mask(session, slots, weighed.judged, weighed.orders.neutralised)
        await parts.attachments.paint(reading.attached)
        limit = await parts.limits.admit(
            asked.snapshot, asked.caller, way.provider, again=reading.moved, count=asked.count
        )
        if justifying is not None:  # last: nothing else may waste what is good for one exchange
            accepted = await justifying.settle(reading.known.exchange)
            reading.known = replace(reading.known, accepted=accepted)
    except (PolicyError, GatewayError, DocumentError, WorkspaceError) as problem:
        pending = str(problem.fields.get("justification", ""))
        raise Refusal(problem, replace(reading.known, pending=pending)) from None
    return limit


async def _leave(reading: _Reading, weighed: _Weighed, limit: Share | None) -> Prepared:
    """The masked request in the bytes that leave, with its record."""
    asked, request, session = reading.asked, reading.request, reading.session
    dialect, known = asked.dialect, reading.known
    reading.walk.finish()
    if "model" in dialect.request.fields:
        request["model"] = reading.way.model
    if session.note:
        add_note(dialect, request, session.note, asked.snapshot.policy.document.checks.note)
    streamed = bool(request.get("stream"))

    def encode() -> tuple[Encoded, Entry]:
        encoded = dialect.encode(request)
        opened = known.opened(
            encoded.data,
            streamed=streamed,
            kept=len(asked.adjustments.keep),
            hidden=len(asked.adjustments.hide),
        )
        return encoded, opened

    # A recording is some megabytes to copy and to hash, for which other streams would wait.
    encoded, opened = await asyncio.to_thread(encode) if dialect.heard else encode()
    return Prepared(
        known=known,
        dialect=dialect,
        route=reading.way,
        session=session,
        keys=reading.keys,
        body=encoded.data,
        content_type=encoded.content_type,
        text_bytes=encoded.text,
        streamed=streamed,
        plain=dialect.plain(request),
        structured=_structured(request),
        opened=opened,
        asked=asked,
        sent=(*(slot.text for slot in weighed.slots), *session.issued.values()),
        limit=limit,
        clear=_clear(weighed) if not asked.count else frozenset(),
    )


def _clear(weighed: _Weighed) -> frozenset[str]:
    return frozenset(
        slot.text[one.start : one.end]
        for slot, findings, hidden in zip(weighed.slots, weighed.found, weighed.judged.hidden, strict=True)
        for one in findings
        if one not in hidden
    )


async def _justifying(parts: Parts, reading: _Reading, slots: list[Slot]) -> tuple[Known, Justifying | None]:
    """The reason that the caller brings, when the policy asks for one; None when it asks for none, or for
    no other than what was accepted for the first provider.

    Raises PolicyError EG-3002, or Refusal when the person has yet to give a reason.
    """
    asked, known, walk = reading.asked, reading.known, reading.walk
    judged, accepted = known.judged, known.accepted
    assert judged is not None  # noqa: S101 - judged just before
    decision = judged.decision
    if decision.released():
        return known, None
    if not asked.count:  # a reason is given for one request, which a person can read
        masking.refuse(decision)
    if known.instead_of:
        approved = accepted is not None and accepted.approved
        masking.refuse(decision, justified=accepted is not None, approved=approved)
        return known, None
    adjustments = asked.adjustments
    need = await need_of(parts.keyring, known, judged, adjustments, reading.request, slots, walk.attachments)
    known = replace(known, need=need)
    justifying = Justifying(parts.reasons, need, judged, asked.code, adjustments)
    if justifying.given:
        return known, justifying
    pending, problem = await justifying.ask()
    raise Refusal(problem, replace(known, pending=pending.id))


async def _attached(parts: Parts, snapshot: Snapshot, walk: Walk, known: Known) -> tuple[Known, Attached]:
    """The files of the request, read; their texts are from then on texts of ``walk``."""
    assert known.route is not None  # noqa: S101 - chosen by the caller just before
    pictures = snapshot.policy.document.pictures[known.route.provider.trust]
    try:
        attached = await parts.attachments.read(walk, pictures)
    except DocumentError as problem:
        raise Refusal(problem, replace(known, attachments=refused(walk))) from None
    return replace(known, attachments=attached.kinds), attached


async def _findings(
    parts: Parts, snapshot: Snapshot, passages: list[Passage], earlier: Sequence[Value], views: Views
) -> tuple[list[Slot], list[list[Finding]]]:
    """Every slot of the request with its findings. ``earlier``: values of the conversation not sent again."""
    wanted = [texts_of(passage) for passage in passages]
    texts = [text for texts in wanted for text in texts]
    answers = iter(await parts.analyst.find_all(snapshot, texts, earlier, views))
    slots: list[Slot] = []
    found: list[list[Finding]] = []
    for passage, texts in zip(passages, wanted, strict=True):
        slots += passage.slots
        shared = share(passage, [next(answers) for _ in texts])
        found += [_of_model(f) for f in shared] if passage.slots[0].path == "model" else shared
    return slots, found


def _but_declared(passages: list[Passage], way: Route) -> list[Passage]:
    """Without the name of a model that the company declared: it is no text of the caller's."""
    if not way.declared:
        return passages
    return [p for p in passages if p.slots[0].path != "model" or p.slots[0].kind is not Kind.NAME]


def _of_model(findings: list[Finding]) -> list[Finding]:
    """Models are named after people and places (Claude, Mistral…): a name there is no finding."""
    return [f for f in findings if f.label not in ("PERSON", "ORGANISATION", "LOCATION")]


async def _recall_threads(
    parts: Parts, session: Session, keys: ScopeKeys, provider: str, request: dict[str, Any]
) -> None:
    """What earlier turns masked is the caller's again, where only the provider has their text: its answer
    may name it. Raises GatewayError EG-4021 when what names them is of another provider."""
    threads = keys.threads(provider)
    if threads is None:
        named = "previous_response_id" if request.get("previous_response_id") else "input"
        raise GatewayError("EG-4021", field=named)
    if threads:
        await parts.journal.flush()
        await asyncio.to_thread(session.recall_threads, threads)


async def _recall(parts: Parts, session: Session, slots: list[Slot]) -> None:
    """Placeholders that the caller sends back (an answer kept as it was masked) are the caller's again."""
    texts = [slot.text for slot in slots if session.seen(slot.text)]
    if texts:
        await parts.journal.flush()  # what was issued a moment ago is in the vault
        await asyncio.to_thread(session.recall, texts)


def _known(parts: Parts, asked: Asked) -> Known:
    if len(asked.conversation) > _MOST_CONVERSATION:
        raise GatewayError("EG-4003", field="x-egide-conversation")
    conversation = parts.keyring.scope_id(asked.scope) if asked.conversation else ""
    return Known(
        exchange_id(),
        asked.door,
        opaque(asked.dialect.name),
        asked.caller,
        asked.snapshot.policy.version,
        conversation=conversation,
        counts={"lines": asked.count} if asked.count > 1 else {},
    )


def _structured(request: dict[str, Any]) -> bool:
    """Whether the caller asks for a JSON document, in the words of any protocol."""
    text = request.get("text")
    asked = request.get("response_format") or (text.get("format") if type(text) is dict else None)
    return type(asked) is dict and asked.get("type") in ("json_object", "json_schema")


def _towards(asked: Asked) -> str:
    """The provider to which a request goes that is not read yet; empty when it names none."""
    if asked.route is not None:
        return asked.route.provider.id
    model = asked.body.get("model") or asked.dialect.default_model
    try:
        return route(asked.snapshot, asked.dialect.kind, model).provider.id if type(model) is str else ""
    except GatewayError:
        return ""  # refused below, once its fields are read


def _nowhere(value: Any) -> None:
    """The request itself is never replaced by a text."""
