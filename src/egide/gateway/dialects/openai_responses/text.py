"""What a Responses request says of the answer that it wants: its form, and how much thought."""

from __future__ import annotations

from typing import Final

from egide.gateway.fields import FLAG, Name, Obj, Tagged, Text, Word
from egide.gateway.json_fields import Schema

EFFORT: Final = Word("none", "minimal", "low", "medium", "high", "xhigh", "max")
FORMAT: Final = Tagged(
    {
        "text": Obj({"type": Word("text")}),
        "json_object": Obj({"type": Word("json_object")}),
        "json_schema": Obj(
            {
                "type": Word("json_schema"),
                "name": Name(),
                "description": Text(),
                "schema": Schema(),
                "strict": FLAG,
            },
            ("name", "schema"),
        ),
    }
)
