"""What a Responses request may hold, field by field (platform.openai.com, "Create a model response")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from egide.errors import GatewayError
from egide.gateway.dialects.openai_responses.sealed import (
    CONVERSATION,
    ENCRYPTED,
    ITEM,
    RESPONSE,
    CallId,
    Sealed,
)
from egide.gateway.fields import (
    FLAG,
    NUMBER,
    Dropped,
    Either,
    Name,
    Node,
    Obj,
    Put,
    Seq,
    Tagged,
    Text,
    Token,
    Unread,
    Word,
)
from egide.gateway.json_fields import JsonText, Schema
from egide.gateway.slots import Walk


class Deferred:
    """An answer for later: it could not be fetched through the gateway."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is not None and value is not False:
            raise GatewayError("EG-4002", field=path)
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "refusé (la réponse différée ne pourrait pas être relue)"


# Tools that the provider runs, or that act on a machine: what they read and write is out of our sight.
TOOLS: Final = frozenset(
    {
        "apply_patch", "code_interpreter", "computer", "computer_use", "computer_use_preview", "file_search",
        "image_generation", "local_shell", "mcp", "programmatic_tool_calling", "shell", "tool_search",
        "web_search", "web_search_2025_08_26", "web_search_preview", "web_search_preview_2025_03_11",
    }
)  # fmt: skip
_TRACES: Final = frozenset(
    {
        "apply_patch_call", "apply_patch_call_output", "code_interpreter_call", "computer_call",
        "computer_call_output", "file_search_call", "image_generation_call", "local_shell_call",
        "local_shell_call_output", "mcp_approval_request", "mcp_approval_response", "mcp_call",
        "mcp_list_tools", "program", "program_output", "shell_call", "shell_call_output", "tool_search_call",
        "tool_search_output", "web_search_call",
    }
)  # fmt: skip

_BREAKPOINT = Obj({"mode": Word("explicit"), "ttl": Word("30m", "12h")})
_STATUS = Word("in_progress", "completed", "incomplete")
_ID = Sealed(ITEM)
_INPUT_TEXT = Obj(
    {"type": Word("input_text"), "text": Text(), "prompt_cache_breakpoint": _BREAKPOINT}, ("text",)
)
_OUTPUT_TEXT = Obj(
    {
        "type": Word("output_text"),
        "text": Text(),
        "annotations": Dropped(),
        "logprobs": Dropped(),
        "parsed": Dropped(),
    },
    ("text",),
)
_REFUSAL = Obj({"type": Word("refusal"), "refusal": Text()}, ("refusal",))
_ATTACHED = frozenset({"input_image", "input_file", "input_audio", "computer_screenshot"})
_CONTENT = Either(
    text=Text(),
    many=Seq(
        Tagged(
            {"input_text": _INPUT_TEXT, "output_text": _OUTPUT_TEXT, "refusal": _REFUSAL}, unread=_ATTACHED
        ),
        joined=True,
    ),
)
_OUTPUT = Either(text=Text(), many=Seq(Tagged({"input_text": _INPUT_TEXT}, unread=_ATTACHED), joined=True))
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
_DECLARED = Seq(Tagged({"function": _FUNCTION, "custom": _CUSTOM, "namespace": _NAMESPACE}, provided=TOOLS))
_CALLED: dict[str, Node] = {
    "id": _ID,
    "call_id": CallId(),
    "status": _STATUS,
    "caller": Dropped(),
    "created_by": Dropped(),
}
_EFFORT = Word("none", "minimal", "low", "medium", "high", "xhigh", "max")
_FORMAT = Tagged(
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
_SUMMARY = Obj({"type": Word("summary_text"), "text": Text()}, ("text",))
_THOUGHT = Obj({"type": Word("reasoning_text"), "text": Text()}, ("text",))
_ITEM = Tagged(
    {
        "message": Obj(
            {
                "type": Word("message"),
                "role": Word("user", "system", "developer", "assistant"),
                "content": _CONTENT,
                "id": _ID,
                "status": _STATUS,
                "phase": Word("commentary", "final_answer"),
            },
            ("role", "content"),
        ),
        "function_call": Obj(
            {
                "type": Word("function_call"),
                "name": Name(),
                "arguments": JsonText(),
                "namespace": Name(),
                "async": FLAG,
                "parsed_arguments": Dropped(),
                **_CALLED,
            },
            ("call_id", "name", "arguments"),
        ),
        "function_call_output": Obj(
            {
                "type": Word("function_call_output"),
                "output": _OUTPUT,
                "name": Name(),
                "namespace": Name(),
                **_CALLED,
            },
            ("call_id", "output"),
        ),
        "custom_tool_call": Obj(
            {
                "type": Word("custom_tool_call"),
                "name": Name(),
                "input": Text(),
                "namespace": Name(),
                "async": FLAG,
                **_CALLED,
            },
            ("call_id", "name", "input"),
        ),
        "custom_tool_call_output": Obj(
            {"type": Word("custom_tool_call_output"), "output": _OUTPUT, **_CALLED}, ("call_id", "output")
        ),
        "reasoning": Obj(
            {
                "type": Word("reasoning"),
                "id": _ID,
                "summary": Seq(_SUMMARY),
                "content": Seq(_THOUGHT),
                "encrypted_content": Sealed(ENCRYPTED),
                "status": _STATUS,
            },
            ("summary",),
        ),
        "compaction": Obj(
            {
                "type": Word("compaction"),
                "id": _ID,
                "encrypted_content": Sealed(ENCRYPTED),
                "created_by": Dropped(),
            },
            ("encrypted_content",),
        ),
        "compaction_trigger": Obj({"type": Word("compaction_trigger"), "id": _ID}),
        "item_reference": Obj({"type": Word("item_reference"), "id": _ID}, ("id",)),
        "additional_tools": Obj(
            {"type": Word("additional_tools"), "id": _ID, "role": Word("developer"), "tools": _DECLARED},
            ("tools",),
        ),
        "configuration_update": Obj(
            {
                "type": Word("configuration_update"),
                "id": _ID,
                "reasoning": Obj({"effort": _EFFORT}),
                "text": Obj({"format": _FORMAT}),
            }
        ),
    },
    untagged="message",
    provided=_TRACES,
)
_CHOSEN: dict[str, Node] = {
    "function": Obj({"type": Word("function"), "name": Name()}, ("name",)),
    "custom": Obj({"type": Word("custom"), "name": Name()}, ("name",)),
}
_CHOICE = Tagged(
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
)

REQUEST: Final = Obj(
    {
        "model": Name(),
        "input": Either(text=Text(), many=Seq(_ITEM)),
        "instructions": Text(),
        "previous_response_id": Sealed(RESPONSE),
        "conversation": Either(text=Sealed(CONVERSATION), one=Obj({"id": Sealed(CONVERSATION)}, ("id",))),
        "stream": FLAG,
        "stream_options": Obj({"include_obfuscation": FLAG}),
        "tools": _DECLARED,
        "tool_choice": Either(text=Word("none", "auto", "required"), one=_CHOICE),
        "parallel_tool_calls": FLAG,
        "max_tool_calls": NUMBER,
        "text": Obj({"format": _FORMAT, "verbosity": Word("low", "medium", "high")}),
        "reasoning": Obj(
            {
                "effort": _EFFORT,
                "summary": Word("auto", "concise", "detailed"),
                "generate_summary": Word("auto", "concise", "detailed"),
                "context": Word("auto", "current_turn", "all_turns"),
                "mode": Word("standard", "pro"),
            }
        ),
        "include": Seq(
            Word(
                "reasoning.encrypted_content",
                "message.output_text.logprobs",
                "message.input_image.image_url",
                "web_search_call.results",
                "web_search_call.action.sources",
                "file_search_call.results",
                "code_interpreter_call.outputs",
                "computer_call_output.output.image_url",
            )
        ),
        "max_output_tokens": NUMBER,
        "temperature": NUMBER,
        "top_p": NUMBER,
        "top_logprobs": NUMBER,
        "truncation": Word("auto", "disabled"),
        "context_management": Seq(Obj({"type": Word("compaction"), "compact_threshold": NUMBER})),
        "store": FLAG,
        "service_tier": Word("auto", "default", "flex", "scale", "priority", "fast", "ultrafast"),
        "access_programs": Obj({"cyber": Word("standard", "daybreak_blue", "daybreak_red")}),
        "moderation": Obj(
            {
                "model": Name(),
                "policy": Obj(
                    {
                        "input": Obj({"mode": Word("score", "block")}),
                        "output": Obj({"mode": Word("score", "block")}),
                    }
                ),
            }
        ),
        "user": Token(),
        "safety_identifier": Token(),
        "prompt_cache_key": Token(),
        "prompt_cache_retention": Word("in_memory", "in-memory", "24h"),
        "prompt_cache_options": Obj(
            {
                "mode": Word("explicit", "implicit"),
                "ttl": Word("30m", "12h"),
                "prewarm": FLAG,
                "comparison_response_id": Sealed(RESPONSE),
            }
        ),
        "image": Obj({"context_compression": Word("auto", "enabled", "disabled")}),
        "metadata": Dropped(),
        "background": Deferred(),
        "background_options": Deferred(),
        "prompt": Unread(),
    },
    ("model",),
)
