"""Valid French numbers with their check digits, drawn at random, in the ways people write them."""

from __future__ import annotations

import random
from collections.abc import Callable

_GROUPS = {
    "NIR": (1, 2, 2, 2, 3, 3, 2),
    "SIREN": (3, 3, 3),
    "SIRET": (3, 3, 3, 5),
    "TVA": (2, 2, 3, 3, 3),
    "IBAN": (4, 4, 4, 4, 4, 4, 3),
    "CARD": (4, 4, 4, 4),
}


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _luhn(body: str) -> str:
    """``body`` with its Luhn check digit (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def _nir(rng: random.Random) -> str:
    body = (
        f"{rng.choice('12')}{rng.randrange(100):02}{rng.randint(1, 12):02}{rng.randint(1, 95):02}"
        f"{rng.randint(1, 990):03}{rng.randint(1, 999):03}"
    )
    return f"{body}{97 - int(body) % 97:02}"


def _siren(rng: random.Random) -> str:
    return _luhn(rng.choice("3456789") + _digits(rng, 7))


def _siret(rng: random.Random) -> str:
    return _luhn(_siren(rng) + f"{rng.randint(1, 99):04}")


def _tva(rng: random.Random) -> str:
    siren = _siren(rng)
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


def _iban(rng: random.Random) -> str:
    bank, branch, account = _digits(rng, 5), _digits(rng, 5), _digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    body = f"{bank}{branch}{account}{key:02}"
    return f"FR{98 - int(body + '152700') % 97:02}{body}"


def _card(rng: random.Random) -> str:
    return _luhn(rng.choice(("4970", "5132", "4539", "5354")) + _digits(rng, 11))


_MADE: dict[str, Callable[[random.Random], str]] = {
    "NIR": _nir, "SIREN": _siren, "SIRET": _siret, "TVA": _tva, "IBAN": _iban, "CARD": _card,
}  # fmt: skip


def draw(label: str, form: str, rng: random.Random) -> str:
    """A valid number of ``label`` in ``form``: spaced, compact, dots, nbsp, lower, or any."""
    number = _MADE[label](rng)
    form = form or rng.choice(("spaced", "spaced", "compact"))
    if form == "lower":
        return number.lower()
    mark = {"spaced": " ", "dots": ".", "nbsp": "\u00a0"}.get(form, "")
    groups, at = [], 0
    for size in _GROUPS[label]:
        groups.append(number[at : at + size])
        at += size
    return mark.join(groups)
