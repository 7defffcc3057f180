"""PDF files made from a Typst template and data: archivable (PDF/A-2a) and readable by all (PDF/UA-1).

Templates live beside the pages they print (``egide/workspace/<app>/print/<name>.typ``) and begin with::

    #import "/printing/house.typ": *
    #show: page-of.with(data)

The data reaches them as JSON, ``data.…``: values are text, never markup, so that none can run code. What the
fonts cannot show becomes □ (``characters``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst

from egide.errors import WorkspaceError
from egide.workspace.printing.characters import all_shown

ROOT: Final = Path(__file__).parent.parent
STANDARDS: Final = ("a-2a", "ua-1")


def pdf(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The PDF of ``template`` (``charter/print/charter.typ``) filled with ``data``.

    ``data`` holds what JSON holds, with at least ``title`` (the document's), ``company`` (may be empty) and
    ``date`` (as written for people). The same arguments give the same bytes: its digest can be signed.
    Raises ``WorkspaceError`` (EG-6401) when it cannot be made; nothing of the data is in the error.
    """
    try:
        made: bytes = typst.compile(
            str(ROOT / template),
            root=str(ROOT),
            font_paths=[str(_fonts())],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(all_shown(data), ensure_ascii=False)},
            pdf_standards=list(STANDARDS),
            timestamp=int(made_at.timestamp()),
        )
    except (typst.TypstError, RuntimeError, OSError):
        # The compiler quotes what it could not set: its message may hold a person's words.
        raise WorkspaceError("EG-6401") from None
    except BaseException as problem:
        # A fault of the compiler itself, which is no Exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise WorkspaceError("EG-6401") from None
    return made


@cache
def _fonts() -> Path:
    return Path(str(resources.files("font_source_sans_pro").joinpath("files")))
