"""What stands in a text in place of a value: ``[PERSONNE_7K4Q2M]``.

A word tells the model what kind of thing it is; a code of six characters, keyed by the conversation
(BLAKE2b, RFC 7693), tells us which value. The alphabet has no look-alikes (0 O 1 I L U). A code begins with
a digit, so that it stands out of a word glued to it and no ordinary word ever looks like the beginning of
one; it holds a letter, so that no number is one. See docs/decisions/0002-placeholders.md.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from egide.detection import LABELS

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIZE: Final = 6
# A byte of a digest gives one letter; the 16 highest are dropped, so that all letters are as likely.
_LETTERS: Final = bytes(ord(ALPHABET[byte % 30]) for byte in range(256))
_DROPPED: Final = bytes(range(240, 256))
_CODE: Final = re.compile(r"[2-9](?![2-9]{5}).{5}")


def code(key: bytes, label: str, value: str, attempt: int = 0) -> str:
    """The code of ``value`` under the scope's key. ``attempt`` gives another one after a collision."""
    message = f"{label}\x1f{attempt}\x1f{value}".encode("utf-8", "surrogatepass")
    letters = blake2b(message, key=key, digest_size=32).digest().translate(_LETTERS, _DROPPED).decode()
    found = _CODE.search(letters)
    if found is not None:
        return found[0]
    return code(key, label, value, attempt + 1_000_000)  # no digit, or only digits: practically never


def well_formed(letters: str) -> bool:
    """Whether these six characters begin with a digit and hold a letter."""
    return letters[0].isdigit() and not letters.isdigit()


def placeholder(label: str, letters: str) -> str:
    """The placeholder of a code for a value of this label."""
    return f"[{LABELS[label].word}_{letters}]"
