"""The guard at the door of the journal: identifiers, labels, counts and hashes enter; a value does not.

Text is accepted only under the keys listed here, in a short alphabet without space or ``@``, and never
in the form of a telephone, bank, social security, company or card number. Every other key holds a
number, a boolean, None, or a flat map from names to numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from egide.errors import JournalError
from egide.journal.record import Entry

# Keys whose value is an identifier. A key that ends in ``_id`` is one too.
# fmt: off
IDENTIFIERS: Final = frozenset({
    "action", "charter", "company", "conversation", "dialect", "door", "endpoint", "error",
    "finish", "key", "method", "model", "model_used", "outcome", "person", "policy", "provider",
    "role", "route", "rule", "status", "trust", "usage", "version",
})
# fmt: on
# Keys whose value is hexadecimal. A key that ends in ``_hash`` or ``_digest`` is one too.
HASHES: Final = frozenset({"hash", "digest", "signature"})
# Kinds of records that name an exchange, a decision, or a chain.
NAMED: Final = frozenset({"opened", "moved", "closed", "refused", "decided", "purge"})
MOST_DETAILS: Final = 64
# Beyond, some JSON readers (JavaScript, databases) lose digits, and the hash would not be found again.
LARGEST: Final = 2**53

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}")
_HASH = re.compile(r"[0-9a-f]{8,128}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)")
_SEPARATORS = re.compile(r"[._:/+-]")
_PHONE = re.compile(r"0[1-9]\d{8}|(?:00)?33[1-9]\d{8}")
_NIR = re.compile(r"[12]\d{4}[0-9AB]\d{7}(?:\d{2})?")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_CHECKED = re.compile(r"\d{9}|\d{14}|\d{16}")  # SIREN, SIRET, card: with the Luhn check digit


def check_entry(entry: Entry) -> None:
    """Raise JournalError EG-5003 unless ``entry`` may be journalled. Names the key, never its value."""
    if entry.kind == "checkpoint":
        accepted = entry.exchange == ""
    else:
        accepted = entry.kind in NAMED and is_identifier(entry.exchange)
    if not accepted:
        raise JournalError("EG-5003", key="exchange")
    if not _MOMENT.fullmatch(entry.at):
        raise JournalError("EG-5003", key="at")
    check_details(entry.details)


def check_details(details: Mapping[str, object]) -> None:
    """Raise JournalError EG-5003 unless each detail is an identifier, a hash, a number or a map of counts."""
    if len(details) > MOST_DETAILS:
        raise JournalError("EG-5003", key="details")
    for key, value in details.items():
        if not _is_name(key):
            raise JournalError("EG-5003", key="?")
        accepted = _is_text(key, value) if isinstance(value, str) else _is_count(value)
        if not accepted:
            raise JournalError("EG-5003", key=key)


def is_identifier(text: object) -> bool:
    """Whether ``text`` may be an identifier: short, plain alphabet, not the form of a personal number."""
    if not (isinstance(text, str) and _IDENTIFIER.fullmatch(text)):
        return False
    packed = _SEPARATORS.sub("", text)
    if any(form.fullmatch(packed) for form in (_PHONE, _NIR, _IBAN)):
        return False
    return not (_CHECKED.fullmatch(packed) and _luhn(packed))


def _is_count(value: object) -> bool:
    if isinstance(value, dict):
        fits = len(value) <= MOST_DETAILS and all(map(_is_name, value))
        return fits and all(map(_is_number, value.values()))
    return value is None or _is_number(value)


def _is_number(value: object) -> bool:
    if isinstance(value, int):
        return -LARGEST < value < LARGEST
    return isinstance(value, float) and math.isfinite(value) and abs(value) < LARGEST


# Cached: the same keys, models, people and rules come back all day.
@lru_cache(maxsize=1024)
def _is_name(key: object) -> bool:
    return isinstance(key, str) and _NAME.fullmatch(key) is not None


@lru_cache(maxsize=4096)
def _is_text(key: str, value: str) -> bool:
    if key in HASHES or key.endswith(("_hash", "_digest")):
        return _HASH.fullmatch(value) is not None
    return (key in IDENTIFIERS or key.endswith("_id")) and is_identifier(value)


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0
