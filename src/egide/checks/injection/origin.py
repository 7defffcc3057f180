"""Where a text comes from: what nobody of the company wrote is not believed."""

from __future__ import annotations

from enum import Enum


class Origin(Enum):
    """Who speaks in a text that a model reads."""

    DOCUMENT = "document"  # a document, or what a tool brought back
    TOOL = "tool"  # the definition of a tool: it may well come from elsewhere (an MCP server)
    PERSON = "person"  # the one who asks: their orders are theirs to give
