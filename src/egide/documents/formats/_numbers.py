"""A cell as its spreadsheet shows it: dates, and numbers that a format makes a telephone or an identifier."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].')
_DIGITS: Final = "0#?"


def shown(value: object, form: str) -> str:
    """``value`` as text; ``form`` is the format of its cell, such as ``0#" "##" "##" "##" "##``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        return _filled(value, form)
    return str(value)


def _filled(value: int, form: str) -> str:
    """A whole number in a format made of digits and separators only; as it is in any other."""
    form = _QUOTED.sub(lambda found: found[1] or found[2] or "", form.partition(";")[0])
    places = sum(sign in _DIGITS for sign in form)
    plain = all(sign in _DIGITS or sign in " -./\u00a0\u202f|" for sign in form) and "." not in form
    if value < 0 or places < 3 or not plain:
        return str(value)
    # Right of its first 0 every place of a format shows a digit.
    least = sum(sign in _DIGITS for sign in form[form.index("0") :]) if "0" in form else 0
    digits = list(str(value).rjust(least, "0"))
    out: list[str] = []
    for sign in reversed(form):
        if sign not in _DIGITS:
            out.append(sign)
        elif digits:
            out.append(digits.pop())
    return "".join([*digits, *reversed(out)]).strip(" -/|")
