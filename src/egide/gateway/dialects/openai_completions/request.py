"""What a completion request may hold, field by field (platform.openai.com, "Create completion").

Also the fields that compatible services add and that are numbers or words (vLLM, llama.cpp, Mistral).
"""

from __future__ import annotations

from typing import Final

from egide.gateway.dialects.openai_chat.request import Biases
from egide.gateway.fields import FLAG, NUMBER, Dropped, Either, Name, Obj, Seq, Text, Token, Written

REQUEST: Final = Obj(
    {
        "model": Name(),
        "prompt": Either(text=Written(), many=Seq(Written())),
        "suffix": Text(),
        "stop": Either(text=Text(), many=Seq(Text())),
        "stream": FLAG,
        "stream_options": Obj({"include_usage": FLAG, "include_obfuscation": FLAG}),
        "echo": FLAG,
        "logprobs": NUMBER,
        "best_of": NUMBER,
        "n": NUMBER,
        "max_tokens": NUMBER,
        "min_tokens": NUMBER,
        "temperature": NUMBER,
        "top_p": NUMBER,
        "top_k": NUMBER,
        "min_p": NUMBER,
        "presence_penalty": NUMBER,
        "frequency_penalty": NUMBER,
        "repetition_penalty": NUMBER,
        "logit_bias": Biases(),
        "seed": NUMBER,
        "random_seed": NUMBER,
        "user": Token(),
        "metadata": Dropped(),
        "store": Dropped(),
    },
    ("model", "prompt"),
)
