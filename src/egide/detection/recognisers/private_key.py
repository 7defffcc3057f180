"""Private keys in PEM blocks (RSA, EC, OpenSSH, PGP), even cut before their end.

Source: RFC 7468; RFC 4880 (PGP); OpenSSH PROTOCOL.key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_BLOCK = re.compile(
    r"-----begin (?:[a-z0-9]+ ){0,3}private key(?: block)?-----(?:.*?-----end (?:[a-z0-9]+ ){0,3}private "
    r"key(?: block)?-----|(?:\s*[a-z0-9+/=:,\\ -]{8,}(?:\n|\\n|$))*)",
    re.DOTALL,
)
_PUTTY = re.compile(r"putty-user-key-file-[23]:.*?private-mac: [0-9a-f]+", re.DOTALL)


def _search(view: View) -> Iterator[Finding]:
    for pattern in (_BLOCK, _PUTTY):
        for match in pattern.finditer(view.low):
            yield Finding(*match.span(), "SECRET", 1.0, "private_key", "Clé privée.")


_HEAD = "-----BEGIN RSA PRIVATE" + " KEY-----"
_TAIL = "-----END RSA PRIVATE" + " KEY-----"
RECOGNISER = Recogniser(
    id="private_key",
    labels=("SECRET",),
    source="RFC 7468 ; RFC 4880",
    search=_search,
    accepted=(
        f"voici :\n⟦{_HEAD}\nMIIEowIBAAKCAQEA1c7\nq0Zz==\n{_TAIL}⟧\nmerci",
        f"⟦{_HEAD}\nMIIEowIBAAKCAQEA1c7\n⟧",
    ),
    refused=("-----BEGIN PUBLIC KEY-----\nMIIBIjAN\n-----END PUBLIC KEY-----", "une private key se garde"),
    anchors=("private key", "putty-user-key"),
)
