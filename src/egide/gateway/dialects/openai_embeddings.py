"""OpenAI embeddings: ``POST /v1/embeddings``, texts to vectors.

What was embedded months ago is searched today, by a colleague: a value has one placeholder for all people of
a usage, always the same. Nothing is ever put back for it, so sharing it shows nobody a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._figures import Figures
from egide.gateway.dialects._openai import OpenAI, read_usage
from egide.gateway.fields import NUMBER, Dropped, Either, Name, Obj, Seq, Token, Word, Written
from egide.pseudonymisation import Session

REQUEST: Final = Obj(
    {
        "model": Name(),
        "input": Either(text=Written(), many=Seq(Written())),
        "dimensions": NUMBER,
        "encoding_format": Word("float", "base64"),
        "user": Token(),
        # Mistral, vLLM.
        "output_dimension": NUMBER,
        "output_dtype": Word("float", "int8", "uint8", "binary", "ubinary"),
        "truncate_prompt_tokens": NUMBER,
        "metadata": Dropped(),
    },
    ("model", "input"),
)


class OpenAIEmbeddings(Figures, OpenAI):
    """See ``gateway.dialect.Dialect``."""

    name = "openai-embeddings"
    path = "/embeddings"
    shared = True
    request: Obj = REQUEST
    answer: Mapping[str, str] = {
        "data[].embedding": "vecteur, transmis tel quel : rien n'y est à remettre en place",
        "usage": "transmis tel quel, compté au journal",
    }

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        if type(answer) is not dict or type(answer.get("data")) is not list:
            raise ValueError("not a list of vectors")
        for item in answer["data"]:
            if type(item) is not dict or type(item.get("embedding")) not in (list, str):
                raise ValueError("an item without a vector")
        outcome = Outcome()
        read_usage(answer, outcome)
        return outcome

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        return {"model": model, "input": "Bonjour."}


DIALECT: Final = OpenAIEmbeddings()
