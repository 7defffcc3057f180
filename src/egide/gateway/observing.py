"""Who is told of exchanges when nobody asked for metrics."""

from __future__ import annotations

from collections.abc import Mapping


class Nobody:
    """See ``ports.Observer``."""

    def refused(self, dialect: str, code: str) -> None: ...

    def prepared(self, dialect: str, seconds: float, masked: Mapping[str, int]) -> None: ...

    def ended(
        self,
        dialect: str,
        status: str,
        code: str | None,
        first_seconds: float | None,
        tokens: tuple[int, int],
        estimated: int,
    ) -> None: ...
