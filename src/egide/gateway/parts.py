"""The parts that every exchange shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from egide.gateway.analysis import Analyst
from egide.gateway.attachments import Attachments
from egide.gateway.breaker import Breakers
from egide.gateway.journalling import Journalling
from egide.gateway.justifying import Reasons
from egide.gateway.limits import Limits
from egide.gateway.observing import Nobody
from egide.gateway.reviewing import Reviewer
from egide.gateway.saved import Saved
from egide.gateway.screening import Screener
from egide.gateway.upstream import Upstream
from egide.ports import Directory, Observer, Tracer
from egide.pseudonymisation import Keyring, Pseudonymiser
from egide.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """Made once, by ``Gateway``."""

    directory: Directory
    keyring: Keyring
    analyst: Analyst
    pseudonymiser: Pseudonymiser
    journal: Journalling
    upstream: Upstream
    settings: Settings
    reviewer: Reviewer
    attachments: Attachments = field(default_factory=Attachments)
    saved: Saved = field(default_factory=Saved)
    screener: Screener = field(default_factory=Screener)
    limits: Limits = field(default_factory=Limits)
    observer: Observer = field(default_factory=Nobody)
    breakers: Breakers = field(default_factory=Breakers)
    reasons: Reasons = field(default_factory=Reasons)
    tracer: Tracer | None = None
