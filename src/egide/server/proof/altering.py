"""What models do to placeholders: the loopback provider does it too, one way after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

from egide.pseudonymisation import NOTE
from egide.server.proof.judge import strings

_PLACEHOLDER = re.compile(r"\[([A-Z]+)_([0-9A-Z]{6})\]")
ALTERATIONS: tuple[Callable[[str, str], str], ...] = (
    lambda word, code: f"[{word}_{code}]",
    lambda word, code: f"[{word}_{code}]".lower(),
    lambda word, code: f"{word}_{code}",
    lambda word, code: f"[{word}-{code}]",
    lambda word, code: f"**[{word}\\_{code}]**",
    lambda word, code: f"[ {word} {code} ]",
    lambda word, code: f"«\u00a0[{word.capitalize()}_{code}]\u00a0»",
    lambda word, code: f"({word}_{code})",
)


class Altering:
    """Alters every placeholder of a text; another way at each call."""

    def __init__(self) -> None:
        self._ways = cycle(ALTERATIONS)

    def __call__(self, text: str) -> str:
        way = next(self._ways)
        return _PLACEHOLDER.sub(lambda found: way(found[1], found[2]), text)


def telling(body: object) -> str:
    """What the provider echoes: the strings that hold a placeholder, without our own note to the model;
    all of them when none does."""
    texts = [text.replace(NOTE, "") for text in strings(body)]
    return "\n".join([text for text in texts if _PLACEHOLDER.search(text)] or texts)
