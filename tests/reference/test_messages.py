from __future__ import annotations

import re
from importlib import resources

from egide.errors import catalogue


def test_no_code_is_written_twice() -> None:
    written = resources.files("egide.reference").joinpath("messages.yaml").read_text("utf-8")
    codes = re.findall(r"^(EG-\d{4}):", written, re.MULTILINE)
    assert len(codes) == len(set(codes)) == len(catalogue())
