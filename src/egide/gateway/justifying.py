"""What an exchange that the policy lets go on only with a reason is bound to, and how it gets it.

Nothing here runs for other exchanges: the store of reasons may be a database. Fail closed: without a store,
or when it fails, nothing leaves.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

import orjson

from egide.errors import EgideError, GatewayError, PolicyError
from egide.gateway.failures import place_of
from egide.gateway.masking import Judged, names
from egide.gateway.records import Known
from egide.gateway.slots import Attachment, Slot
from egide.gateway.speech.recording import Recording
from egide.policy import Action
from egide.ports import Accepted, Adjustments, Justifications, Need, Pending, Recognised
from egide.pseudonymisation import Keyring

logger = logging.getLogger(__name__)
HEADER: Final = b"x-egide-justification"
ADDRESS: Final = b"x-egide-justification-address"
_AT_ONCE: Final = 4
_MOST_WAITING: Final = 64
_PURPOSE: Final = "justifications"
_ASKS: Final = (Action.JUSTIFY, Action.APPROVE)
T = TypeVar("T")


class Reasons:
    """The store of reasons, asked from threads of its own: when it is slow, no other exchange waits."""

    def __init__(self, store: Justifications | None = None) -> None:
        self._store = store
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="egide-justifications")
        self._waiting = 0

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def asked(self, what: Callable[[Justifications], T], labels: str) -> T:
        """What the store says. Raises PolicyError: EG-3002 without a store, EG-3029 when it fails, and its
        own; or GatewayError EG-4015 when too many wait for it."""
        store = self._store
        if store is None:
            raise PolicyError("EG-3002", labels=labels)
        if self._waiting >= _MOST_WAITING:
            raise GatewayError("EG-4015")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, what, store)
        except EgideError:
            raise
        except Exception as failure:  # fail closed; no message: it could quote what was to be kept
            logger.error("justification not kept: %s", place_of(failure))
            raise PolicyError("EG-3029") from None
        finally:
            self._waiting -= 1


class Justifying:
    """One exchange and what it needs. ``code`` came with it, or the reason in ``adjustments``."""

    def __init__(
        self, reasons: Reasons, need: Need, judged: Judged, code: str, adjustments: Adjustments
    ) -> None:
        self._reasons, self._code, self._reason = reasons, code, adjustments.justification.strip()
        self.need, self._judged = need, judged

    @property
    def given(self) -> bool:
        """Whether the caller brings something."""
        return bool(self._code or self._reason)

    async def ask(self) -> tuple[Pending, PolicyError]:
        """What it now waits for, and the refusal that tells where. Raises PolicyError EG-3002 or EG-3029."""
        pending = await self._asked(lambda store: store.ask(self.need))
        code = "EG-3021" if self.need.approval else "EG-3020"
        return pending, PolicyError(
            code, labels=self.labels, address=pending.address, justification=pending.id
        )

    async def settle(self, exchange: str) -> Accepted:
        """Use up what was brought, for this exchange. Raises PolicyError."""
        if self._code:
            return await self._asked(lambda store: store.redeem(self.need, self._code, exchange))
        return await self._asked(lambda store: store.explain(self.need, self._reason, exchange))

    @property
    def labels(self) -> str:
        """The kinds of values that ask for it, in French."""
        return names(t.finding.label for t in self._judged.decision.treatments if t.action in _ASKS)

    async def _asked(self, what: Callable[[Justifications], T]) -> T:
        return await self._reasons.asked(what, self.labels)


async def need_of(
    keyring: Keyring,
    known: Known,
    judged: Judged,
    adjustments: Adjustments,
    request: Any,
    slots: Sequence[Slot],
    attachments: Sequence[Attachment],
) -> Need:
    """What this exchange needs. ``request`` is as it was read: nothing in it is masked yet."""
    assert known.route is not None  # noqa: S101 - it was judged for this provider
    provider, model = known.route.provider, known.route.model

    def content() -> str:
        # All of it, several times rather than once too few: the fields sent as they are, every text with
        # what is done with it, every file.
        digest = hmac.new(keyring.derive(_PURPOSE), digestmod=hashlib.sha256)
        told: list[object] = [
            [known.dialect, provider.id, provider.trust.value, provider.base_url, model],
            [sorted(adjustments.keep), sorted(adjustments.hide)],
            [(t.finding.start, t.finding.end, t.finding.label, t.action) for t in judged.decision.treatments],
            [[(one.start, one.end, one.label) for one in findings] for findings in judged.hidden],
            *((slot.path, slot.kind.value, slot.text) for slot in slots),
            *((one.path, one.media, one.ending, one.data) for one in attachments),
            request,
        ]
        for part in told:
            written = orjson.dumps(part, default=_told, option=orjson.OPT_SORT_KEYS)
            digest.update(len(written).to_bytes(8, "big") + written)
        return digest.hexdigest()

    decision = judged.decision
    counts = Counter((t.finding.label, t.action.value) for t in decision.treatments)
    return Need(
        person=known.caller.person.id,
        usage=known.caller.usage.id,
        provider=provider.id,
        policy=known.policy,
        content=await asyncio.to_thread(content),
        door=known.door,
        approval=decision.asks_approval,
        recognised=(
            *(Recognised(label, action, count) for (label, action), count in counts.items()),
            # What the person declares not personal is read in clear: who decides must know.
            *(Recognised(label, Action.ALLOW.value, count) for label, count in judged.kept.items()),
        ),
    )


def _told(value: object) -> str | None:
    """A recording by its hash. What else is no JSON yet is a place that a text will be written to: told
    beside it."""
    return hashlib.sha256(value.data).hexdigest() if isinstance(value, Recording) else None
