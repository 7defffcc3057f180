"""The gateway: a pure ASGI application that speaks the OpenAI and Anthropic dialects.

Every request is read whole, masked, sent, and its answer restored as it streams. Nothing is buffered,
and what is not known is refused.
"""

from __future__ import annotations

from egide.gateway.app import Gateway
from egide.gateway.exchanges import GatewayExchanges

__all__ = ["Gateway", "GatewayExchanges"]
