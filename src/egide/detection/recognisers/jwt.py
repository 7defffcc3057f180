"""JSON Web Tokens: three base64url parts, the first of which begins with ``{"``.

Source: RFC 7519; RFC 7515 (compact serialisation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]{4,}){1,4}\.?")


def _search(view: View) -> Iterator[Finding]:
    if "eyJ" in view.text:
        for match in _TOKEN.finditer(view.text):
            yield Finding(*match.span(), "SECRET", 0.98, "jwt", "Jeton de connexion (JWT).")


RECOGNISER = Recogniser(
    id="jwt",
    labels=("SECRET",),
    source="RFC 7519 ; RFC 7515",
    search=_search,
    accepted=("Bearer ⟦" + "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJlLWludmVudGVl⟧ fin",),
    refused=("eyJ seul", "un fichier eyjafjallajokull.tar.gz"),
)
