"""What names a thing that the provider keeps: given out sealed, taken back from the same caller only.

Responses, conversations and items are kept by the provider under the company's key, and so is what an
encrypted reasoning stands for: without a seal, one caller could go on with the conversation of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from egide.errors import GatewayError
from egide.gateway.dialect import Signing
from egide.gateway.fields import Put, Token, wrong
from egide.gateway.identifiers import is_given
from egide.gateway.slots import Walk

RESPONSE: Final = "response"
CONVERSATION: Final = "conversation"
ITEM: Final = "item"
CALL: Final = "call"
ENCRYPTED: Final = "encrypted"


class Sealed:
    """An identifier, or an encrypted text, that only the provider can have given."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not str:
            raise wrong(path)
        taken = walk.take(self.kind, value)
        if taken is None:
            raise GatewayError("EG-4021", field=path)
        return taken

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "rendu au fournisseur si le sceau d'Égide est celui de l'appelant, sinon refusé"


class CallId(Token):
    """The identifier of a tool call: the provider's own, sealed, or one that the caller chose."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if type(value) is not str or not is_given(value):
            return super().read(value, path, walk, put)
        return Sealed(CALL).read(value, path, walk, put)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "rendu au fournisseur s'il porte le sceau de l'appelant, sinon remplacé"


def seal(holder: dict[str, Any], signing: Signing, **kinds: str) -> None:
    """Seal these fields of an answer, each of its kind. Raises ValueError when one is no text."""
    for name, kind in kinds.items():
        value = holder.get(name)
        if value is None or value == "":
            continue
        if type(value) is not str:
            raise ValueError(f"{name} is not a text")
        holder[name] = signing.give(kind, value)
