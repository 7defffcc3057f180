"""Items of a Responses request: messages, calls of tools and their results, reasoning, references."""

from __future__ import annotations

from typing import Final

from egide.gateway.dialects.openai_responses.attached import InputFile, InputImage
from egide.gateway.dialects.openai_responses.sealed import ENCRYPTED, ITEM, CallId, Sealed
from egide.gateway.dialects.openai_responses.text import EFFORT, FORMAT
from egide.gateway.dialects.openai_responses.tools import DECLARED
from egide.gateway.fields import FLAG, Dropped, Either, Name, Node, Obj, Seq, Tagged, Text, Word
from egide.gateway.json_fields import JsonText

# What is left of tools that the provider ran: see ``tools.TOOLS``.
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
_UNREAD = frozenset({"input_audio", "computer_screenshot"})
_KEPT: dict[str, Node] = {"prompt_cache_breakpoint": _BREAKPOINT}
_FILES: dict[str, Node] = {"input_file": InputFile(**_KEPT), "input_image": InputImage(**_KEPT)}
_CONTENT = Either(
    text=Text(),
    many=Seq(
        Tagged(
            {"input_text": _INPUT_TEXT, "output_text": _OUTPUT_TEXT, "refusal": _REFUSAL, **_FILES},
            unread=_UNREAD,
        ),
        joined=True,
    ),
)
_OUTPUT = Either(
    text=Text(), many=Seq(Tagged({"input_text": _INPUT_TEXT, **_FILES}, unread=_UNREAD), joined=True)
)
_CALLED: dict[str, Node] = {
    "id": _ID,
    "call_id": CallId(),
    "status": _STATUS,
    "caller": Dropped(),
    "created_by": Dropped(),
}
_SUMMARY = Obj({"type": Word("summary_text"), "text": Text()}, ("text",))
_THOUGHT = Obj({"type": Word("reasoning_text"), "text": Text()}, ("text",))
ITEMS: Final = Seq(
    Tagged(
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
                {"type": Word("additional_tools"), "id": _ID, "role": Word("developer"), "tools": DECLARED},
                ("tools",),
            ),
            "configuration_update": Obj(
                {
                    "type": Word("configuration_update"),
                    "id": _ID,
                    "reasoning": Obj({"effort": EFFORT}),
                    "text": Obj({"format": FORMAT}),
                }
            ),
        },
        untagged="message",
        provided=_TRACES,
    )
)
