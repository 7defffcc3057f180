"""What a Responses request may hold, field by field (platform.openai.com, "Create a model response")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from egide.errors import GatewayError
from egide.gateway.dialects.openai_responses.items import ITEMS
from egide.gateway.dialects.openai_responses.sealed import CONVERSATION, RESPONSE, Sealed
from egide.gateway.dialects.openai_responses.text import EFFORT, FORMAT
from egide.gateway.dialects.openai_responses.tools import CHOICE, DECLARED
from egide.gateway.fields import FLAG, NUMBER, Dropped, Either, Name, Obj, Put, Seq, Text, Token, Unread, Word
from egide.gateway.slots import Walk


class Deferred:
    """An answer for later: it could not be fetched through the gateway."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is not None and value is not False:
            raise GatewayError("EG-4002", field=path)
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "refusé (la réponse différée ne pourrait pas être relue)"


REQUEST: Final = Obj(
    {
        "model": Name(),
        "input": Either(text=Text(), many=ITEMS),
        "instructions": Text(),
        "previous_response_id": Sealed(RESPONSE),
        "conversation": Either(text=Sealed(CONVERSATION), one=Obj({"id": Sealed(CONVERSATION)}, ("id",))),
        "stream": FLAG,
        "stream_options": Obj({"include_obfuscation": FLAG}),
        "tools": DECLARED,
        "tool_choice": CHOICE,
        "parallel_tool_calls": FLAG,
        "max_tool_calls": NUMBER,
        "text": Obj({"format": FORMAT, "verbosity": Word("low", "medium", "high")}),
        "reasoning": Obj(
            {
                "effort": EFFORT,
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
