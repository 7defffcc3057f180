"""Mails as files: headers, text, and every attachment, read in its turn or refused with the mail."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import MIMEPart
from pathlib import PurePath
from typing import Final

from egide.documents.context import Context
from egide.documents.encoding import decoded
from egide.documents.formats import html
from egide.documents.readings import Reading, counted
from egide.documents.refusals import Refusal

_HEADERS: Final = (
    ("From", "De"), ("Reply-To", "Répondre à"), ("To", "À"), ("Cc", "Copie"), ("Bcc", "Copie cachée"),
    ("Date", "Date"), ("Subject", "Objet"),
)  # fmt: skip
_DEEPEST: Final = 20  # parts in parts
_CLOSED: Final = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
)
_SIGNATURES: Final = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    message = message_from_bytes(data, policy=policy.default)
    text = [f"{french} : {value}" for name, french in _HEADERS for value in message.get_all(name, ())]
    text.append("")
    attached: list[str] = []
    pictures = 0
    for part in _leaves(message):
        media = part.get_content_type()
        if media in _CLOSED:
            raise Refusal("encrypted")
        if media in _SIGNATURES:
            continue
        named = part.get_filename() or ""
        if (
            media.startswith("image/")
            and part.get("Content-ID")
            and part.get_content_disposition() != "attachment"
        ):
            pictures += 1
        elif media in ("text/plain", "text/html") and not named:
            text.append(_said(part, media, context))
        else:
            attached += _attached(part, media, named, context)
    told = (counted(pictures, "image", "images"),) if pictures else ()
    return Reading(kind, "courriel", "\n".join([*text, *attached]).strip(), told)


def _leaves(message: MIMEPart, level: int = 0) -> Iterator[MIMEPart]:
    """Parts with a content of their own; of alternatives, the plain text when there is one."""
    if level > _DEEPEST:
        raise Refusal("depth")
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    parts = list(message.iter_parts())
    if message.get_content_type() == "multipart/alternative":
        plain = [part for part in parts if part.get_content_type() == "text/plain"]
        parts = plain or parts
    for part in parts:
        yield from _leaves(part, level + 1)


def _said(part: MIMEPart, media: str, context: Context) -> str:
    try:
        said = str(part.get_content())
    except (LookupError, ValueError):  # an unknown encoding
        said = decoded(_bytes(part))[0]
    return html.read(said.encode("utf-8", "replace"), "html", context).text if media == "text/html" else said


def _attached(part: MIMEPart, media: str, named: str, context: Context) -> list[str]:
    """The text of an attachment. Its name is not told: no more than that of the mail."""
    ending = PurePath(named).suffix
    reading = context.read(_bytes(part), media, ending)
    text = "\n".join(line.text for line in reading.lines) if reading.is_picture else reading.text
    return ["", f"Pièce jointe ({reading.described}) :", text]


def _bytes(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return bytes(part.get_content())
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
