"""The dialects that the gateway speaks: one file or folder each, found here, never listed.

Names that begin with an underscore hold what several dialects share.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Final, cast

from egide.gateway.dialect import Conversation, Dialect, Kind

# Where a conversation is held in each protocol, at every service that speaks it.
_CONVERSATIONS: Final[dict[Kind, str]] = {"openai": "/chat/completions", "anthropic": "/messages"}


@cache
def dialects() -> dict[str, Dialect]:
    """Every dialect by the path that it answers, such as ``/chat/completions``."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
    found: list[Dialect] = [importlib.import_module(f"{__name__}.{name}").DIALECT for name in names]
    return {dialect.path: dialect for dialect in found}


def by_kind(kind: Kind) -> Conversation:
    """The dialect in which a conversation is held with a provider of this kind."""
    return cast("Conversation", dialects()[_CONVERSATIONS[kind]])
