"""The long tokens of a text, where Base64 and hexadecimal may be: found by splitting, done in C."""

from __future__ import annotations

from egide.detection.unveil.gate import LONGEST_WORD
from egide.detection.view import View


def long_tokens(view: View) -> list[tuple[int, int]]:
    """(start, end) of every run of lines or words too long for French; computed once.

    Lines that follow one another are one run: mail cuts Base64 into lines.
    """
    found = view.__dict__.get("_long_tokens")
    if isinstance(found, list):
        return found
    text, at = view.text, 0
    runs: list[tuple[int, int]] = []
    view.__dict__["_long_tokens"] = runs
    for token in [token for token in text.split() if len(token) >= LONGEST_WORD]:
        start = text.index(token, at)
        at = start + len(token)
        if runs and text[runs[-1][1] : start] in ("\n", "\r\n"):
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((start, at))
    return runs
