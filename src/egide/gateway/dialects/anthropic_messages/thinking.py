"""Thinking blocks: signed by the provider, so they must come back to it exactly as it gave them.

They can be neither masked nor restored. On the way out we leave their placeholders in place and put a seal
of ours, keyed by the caller's scope and the provider, in front of the provider's signature. Where values
were taken out of the text, the text as it was signed travels with the signature, encrypted. On the way back
a block whose seal is right is the provider's own text: it goes on unread, without the seal. Any other, and
one that goes to another provider, is analysed as text that cannot be masked: refused if it holds a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from egide.errors import GatewayError
from egide.gateway.dialect import Signing
from egide.gateway.fields import Put, wrong
from egide.gateway.slots import Kind, Slot, Walk
from egide.pseudonymisation import Reader, Segment

_MARK: Final = "egide."
_KEPT: Final = "~"  # no signature begins so


class Trusted(str):
    """A text of the provider's own, as it gave it."""

    __slots__ = ()


class Sealed:
    """A text that the provider signed."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if type(value) is Trusted:
            return str(value)
        if type(value) is not str:
            raise wrong(path)
        walk.add(Slot(path, value, put, Kind.NAME))
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield (
            path,
            "rendu au fournisseur tel qu'il l'a signé ; sinon analysé, refusé s'il contient une valeur",
        )


def seal(block: dict[str, Any], signing: Signing, reader: Reader | None = None) -> None:
    """Mark a block that leaves for the caller, with the values out of it that ``reader`` takes out."""
    if block.get("type") == "thinking" and block.get("signature"):
        text = str(block.get("thinking", ""))
        shown = read(reader, text, last=True) if reader is not None else text
        block["signature"] = altered(text, shown, block["signature"], signing)
        block["thinking"] = shown
    elif block.get("type") == "redacted_thinking" and block.get("data"):
        block["data"] = marked("", block["data"], signing)


def read(reader: Reader, piece: str, *, last: bool = False) -> str:
    """What may go of the text once ``piece`` of it has come."""
    segments = reader.feed([Segment(piece)]) + (reader.close() if last else [])
    return "".join([segment.text for segment in segments])


def altered(text: str, shown: str, signature: str, signing: Signing) -> str:
    """The same for a text that is ``shown`` otherwise than it was signed."""
    kept = signature if shown == text else f"{_KEPT}{signing.hide(text)}.{signature}"
    return marked(shown, kept, signing)


def marked(text: object, signature: object, signing: Signing) -> str:
    """The provider's signature behind our seal on it and on the text."""
    return f"{_MARK}{signing.sign(_said(text, signature))}.{signature}"


def _said(text: object, signature: object) -> str:
    return f"{text}\x1f{signature}"


def unseal(block: dict[str, Any], signing: Signing) -> None:
    """Take our seal off a block that comes back; what it proves is trusted, the rest will be read."""
    field = {"thinking": "signature", "redacted_thinking": "data"}.get(str(block.get("type")))
    if field is None or type(block.get(field)) is not str:
        return
    text = block.get("thinking", "")
    mark, _, rest = block[field].removeprefix(_MARK).partition(".")
    if not block[field].startswith(_MARK) or type(text) is not str:
        return
    own = signing.signed(_said(text, rest), mark)
    if own is None:
        raise GatewayError("EG-4003", field=field)
    hidden = ""
    if rest.startswith(_KEPT):
        hidden, _, rest = rest.removeprefix(_KEPT).partition(".")
    if not own:  # another provider's: this one gets what the caller saw of it, read as any text is
        block[field] = rest
        return
    if hidden:
        original = signing.reveal(hidden)
        if original is None:
            raise GatewayError("EG-4003", field=field)
        text = original
    block[field] = Trusted(rest)
    if field == "signature":
        block["thinking"] = Trusted(text)
