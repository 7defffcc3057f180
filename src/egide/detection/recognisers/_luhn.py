"""The check of Luhn (ISO/IEC 7812-1, annex B), used by SIREN, SIRET, cards, RPPS, FINESS."""

from __future__ import annotations

from typing import Final

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(digits: str) -> bool:
    """The last digit of ``digits`` is right."""
    values = [ord(c) - 48 for c in reversed(digits)]
    return (sum(values[::2]) + sum([_DOUBLED[v] for v in values[1::2]])) % 10 == 0
