"""OpenAI moderations: ``POST /v1/moderations``, whether a text is violent, hateful…: scores by category."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._figures import Figures
from egide.gateway.dialects._openai import OpenAI, read_usage
from egide.gateway.fields import Dropped, Either, Name, Obj, Seq, Tagged, Text, Word
from egide.pseudonymisation import Session

_PART: Final = Tagged(
    {"text": Obj({"type": Word("text"), "text": Text()}, ("text",))},
    unread=frozenset({"image_url", "input_image", "image", "input_audio"}),
)
REQUEST: Final = Obj(
    {
        "model": Name(),
        # Texts apart, or the parts of one message, by which a value may be cut.
        "input": Either(text=Text(), many=Seq(Either(text=Text(), one=_PART), joined=True)),
        "metadata": Dropped(),
    },
    ("input",),
)


class OpenAIModerations(Figures, OpenAI):
    """See ``gateway.dialect.Dialect``."""

    name = "openai-moderations"
    path = "/moderations"
    default_model = "omni-moderation-latest"
    request: Obj = REQUEST
    answer: Mapping[str, str] = {
        "results[].categories": "transmis tel quel (oui ou non par catégorie)",
        "results[].category_scores": "transmis tel quel (nombre par catégorie)",
        "usage": "transmis tel quel, compté au journal",
    }

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        if type(answer) is not dict or type(answer.get("results")) is not list:
            raise ValueError("not the results of a moderation")
        if not all(type(one) is dict and type(one.get("categories")) is dict for one in answer["results"]):
            raise ValueError("a result without categories")
        outcome = Outcome()
        read_usage(answer, outcome)
        return outcome

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        return {"model": model, "input": "Bonjour."}


DIALECT: Final = OpenAIModerations()
