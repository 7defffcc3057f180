"""Links are https, to a host, with nothing in them that hides where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from egide.reference.checking.report import Fault
from egide.reference.checking.walking import nodes

_KEYS: Final = frozenset({"url", "source_url", "official_url", "base_url", "docs"})
# Pages that were read without TLS, and have no other known address. People open them, Égide never does.
PLAIN_HOSTS: Final = frozenset(
    {
        "archeo-lex.fr",
        "cnfr-notaire.org",
        "coowma.com",
        "data.aides-entreprises.fr",
        "direct.lemondedudroit.fr",
        "idhm.org",
        "www.conseil21.ordre.medecin.fr",
    }
)
# Software on the company's own machine.
_OWN: Final = frozenset({"127.0.0.1"})
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def wrong_links(file: str, content: Any) -> list[Fault]:
    """Those that are not well formed. They are not repeated: one may hold a password."""
    return [
        Fault(file, node.id, f"lien « {key} » : {wrong}")
        for node in nodes(content)
        for key, link in _links(node.content)
        if (wrong := fault_of(link, own=key == "base_url"))
    ]


def fault_of(link: str, *, own: bool = False) -> str:
    """What is wrong with a link, empty when nothing is. ``own``: it may lead to this machine."""
    if re.search(r"[\s\x00-\x1f\x7f<>\"\\]", link):
        return "espace ou signe interdit"
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "adresse illisible"
    if "@" in parts.netloc:
        return "nom ou mot de passe dans l'adresse"
    if own and host in _OWN and parts.scheme == "http":
        return ""
    if port is not None or not _HOST.fullmatch(host):
        return "pas de nom de site"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in PLAIN_HOSTS):
        return "l'adresse n'est pas en https"
    return ""


def _links(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is a link by its key, or by its looks. Empty ones are told to be unknown; templates are none."""
    for key, value in content.items():
        known = key in _KEYS or "://" in str(value)[:12]
        if isinstance(value, str) and value and known and "{" not in value and key != "example":
            yield str(key), value
