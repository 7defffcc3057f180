"""What stands in a text in place of a value: ``[PERSONNE_7K4Q2M]``.

A word tells the model what kind of thing it is; a code of six characters, keyed by the conversation
(BLAKE2b, RFC 7693), tells us which value. The alphabet has no look-alikes (0 O 1 I L U), and a code always
holds a letter and a digit, so that no ordinary word or number is one. See
docs/decisions/0002-placeholders.md.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from egide.detection import LABELS

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIZE: Final = 6
# A byte of a digest gives one letter; the 16 highest are dropped, so that all letters are as likely.
_LETTERS: Final = bytes(ord(ALPHABET[byte % 30]) for byte in range(256))
_DROPPED: Final = bytes(range(240, 256))


def code(key: bytes, label: str, value: str, attempt: int = 0) -> str:
    """The code of ``value`` under the scope's key. ``attempt`` gives another one after a collision."""
    message = f"{label}\x1f{attempt}\x1f{value}".encode("utf-8", "surrogatepass")
    letters = blake2b(message, key=key).digest().translate(_LETTERS, _DROPPED).decode()
    for start in range(len(letters) - SIZE + 1):
        if well_formed(found := letters[start : start + SIZE]):
            return found
    return code(key, label, value, attempt + 1_000_000)  # all letters or all digits: practically never


def well_formed(letters: str) -> bool:
    """Whether these six characters hold a letter and a digit."""
    return not (letters.isalpha() or letters.isdigit())


def placeholder(label: str, letters: str) -> str:
    """The placeholder of a code for a value of this label."""
    return f"[{LABELS[label].word}_{letters}]"
