"""What of an answer a person should verify before they use it: links, figures, dates, quotations, the law.

    to_verify(answer, sent) -> items in order

``kinds`` hold one kind a file. Nothing is looked up: Égide says what to verify, never that it is right.
"""

from __future__ import annotations

from egide.checks.verifiable.item import Item
from egide.checks.verifiable.listing import to_verify

__all__ = ["Item", "to_verify"]
