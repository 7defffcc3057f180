"""Commands that need the parts of the extra ``server`` say so when it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def extra(part: str, name: str) -> Iterator[None]:
    """Turn the absence of an optional library into SettingsError EG-7005."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] == "egide":
            raise
        from egide.errors import SettingsError

        raise SettingsError("EG-7005", part=part, extra=name) from None
