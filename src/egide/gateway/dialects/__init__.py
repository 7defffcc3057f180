"""The dialects that the gateway speaks: one folder each, found here, never listed."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from egide.gateway.dialect import Dialect


@cache
def dialects() -> dict[str, Dialect]:
    """Every dialect by the path that it answers, such as ``/chat/completions``."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found: list[Dialect] = [importlib.import_module(f"{__name__}.{name}").DIALECT for name in names]
    return {dialect.path: dialect for dialect in found}


def by_kind(kind: str) -> Dialect:
    """The dialect in which the Assistant speaks to a provider of this kind."""
    return next(one for one in dialects().values() if one.kind == kind and one.assistant)
