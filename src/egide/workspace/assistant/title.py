"""The title of a conversation: the beginning of the first line that says something."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 60


def title_of(text: str) -> str:
    """At most 60 characters, cut between words."""
    line = next((" ".join(line.split()) for line in text.splitlines() if line.strip()), "")
    if not line:
        return "Conversation sans titre"
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
