"""Every later mention of a found value: surname alone, first name, initials, other case, elided forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from egide.detection.finding import Finding
from egide.detection.view import View


def mentions(view: View, found: Sequence[Finding]) -> Iterable[Finding]:
    """Findings for the other places of the text where a value of ``found`` is named again."""
    return ()
