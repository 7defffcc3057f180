"""Prompt injection: orders to the model that stand in what it should only read.

    screen(text, origin) -> passages that give orders, with a score and reasons
    neutralise(passage) -> the same words, marked as data

``signs`` hold one kind of order a file. It is a filter, not a proof: what it lets through is measured by
``bench/checks.py``.
"""

from __future__ import annotations

from egide.checks.injection.neutralising import neutralise
from egide.checks.injection.origin import Origin
from egide.checks.injection.screening import Passage, screen

__all__ = ["Origin", "Passage", "neutralise", "screen"]
