"""The title of a conversation: the beginning of the first line that says something, after "Bonjour"."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

LONGEST: Final = 60
SHORTEST: Final = 4  # words: fewer is a greeting, unless nothing longer follows


def title_of(text: str) -> str:
    """At most 60 characters, cut between words."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    line = next((line for line in lines if line.count(" ") >= SHORTEST - 1), lines[0] if lines else "")
    if not line:
        return gettext("Conversation sans titre")
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
