"""Tools of a Responses request: those that the caller runs, and those that are not its own."""

from __future__ import annotations

from typing import Final

from egide.gateway.fields import FLAG, Either, Name, Node, Obj, Seq, Tagged, Text, Word
from egide.gateway.json_fields import Schema

# Tools that the provider runs, or that act on a machine: what they read and write is out of our sight.
TOOLS: Final = frozenset(
    {
        "apply_patch", "code_interpreter", "computer", "computer_use", "computer_use_preview", "file_search",
        "image_generation", "local_shell", "mcp", "programmatic_tool_calling", "shell", "tool_search",
        "web_search", "web_search_2025_08_26", "web_search_preview", "web_search_preview_2025_03_11",
    }
)  # fmt: skip

_GRAMMAR = Tagged(
    {
        "text": Obj({"type": Word("text")}),
        "grammar": Obj(
            {"type": Word("grammar"), "definition": Text(), "syntax": Word("lark", "regex")}, ("definition",)
        ),
    }
)
_TOOL_OPTIONS: dict[str, Node] = {
    "allowed_callers": Seq(Word("direct")),
    "defer_loading": FLAG,
    "async": FLAG,
}
_FUNCTION = Obj(
    {
        "type": Word("function"),
        "name": Name(),
        "description": Text(),
        "parameters": Schema(),
        "output_schema": Schema(),
        "strict": FLAG,
        **_TOOL_OPTIONS,
    },
    ("name",),
)
_CUSTOM = Obj(
    {"type": Word("custom"), "name": Name(), "description": Text(), "format": _GRAMMAR, **_TOOL_OPTIONS},
    ("name",),
)
_NAMESPACE = Obj(
    {
        "type": Word("namespace"),
        "name": Name(),
        "description": Text(),
        "tools": Seq(Tagged({"function": _FUNCTION, "custom": _CUSTOM})),
    },
    ("name", "tools"),
)
DECLARED: Final = Seq(
    Tagged({"function": _FUNCTION, "custom": _CUSTOM, "namespace": _NAMESPACE}, provided=TOOLS)
)
_CHOSEN: dict[str, Node] = {
    "function": Obj({"type": Word("function"), "name": Name()}, ("name",)),
    "custom": Obj({"type": Word("custom"), "name": Name()}, ("name",)),
}
CHOICE: Final = Either(
    text=Word("none", "auto", "required"),
    one=Tagged(
        {
            **_CHOSEN,
            "allowed_tools": Obj(
                {
                    "type": Word("allowed_tools"),
                    "mode": Word("auto", "required"),
                    "tools": Seq(Tagged(_CHOSEN, provided=TOOLS)),
                },
                ("tools",),
            ),
        },
        provided=TOOLS,
    ),
)
