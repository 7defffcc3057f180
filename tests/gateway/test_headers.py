from __future__ import annotations

import re
from pathlib import Path

from egide import gateway
from egide.gateway.headers import HEADERS


def test_every_header_that_the_gateway_names_is_told() -> None:
    sources = Path(gateway.__path__[0]).rglob("*.py")
    others = "".join(path.read_text(encoding="utf-8") for path in sources if path.name != "headers.py")
    named = set(re.findall(r"\bx-egide-[a-z]+(?:-[a-z]+)*", others))
    assert named == {header.name for header in HEADERS}
