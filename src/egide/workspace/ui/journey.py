"""One step of the first steps of a company. Each app declares its own in ``journey.py`` as ``STEPS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise

from egide.workspace import discovery


@dataclass(frozen=True, slots=True)
class State:
    """Whether a step is done, as the database tells it; ``said``: how far it is, in a few words."""

    done: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """``view`` is the name of the address where it is done, ``why`` what it is good for."""

    order: int
    label: str | Promise
    why: str | Promise
    view: str
    state: Callable[[], State]


@cache
def steps() -> tuple[Step, ...]:
    """Every step, in order."""
    found = [step for module in discovery.modules("journey") for step in getattr(module, "STEPS", ())]
    return tuple(sorted(found, key=lambda step: step.order))
