"""The parts that every exchange shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from egide.gateway.analysis import Analyst
from egide.gateway.journalling import Journalling
from egide.gateway.reviewing import Reviewer
from egide.gateway.saved import Saved
from egide.gateway.screening import Screener
from egide.gateway.upstream import Upstream
from egide.ports import Directory
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
    saved: Saved = field(default_factory=Saved)
    screener: Screener = field(default_factory=Screener)
