"""Documents and pictures: what people read in them, as text. A library: no web framework, no network.

    Sandbox().read([File(data, "application/pdf")])    -> [Reading]    in a process of its own
    Context().read(data)                               -> Reading      in this one: for trusted files

A document is read whole or refused with a reason (``Refusal``). Kinds are told by the bytes.
"""

from __future__ import annotations

from egide.documents.kinds import KINDS, PICTURES
from egide.documents.limits import Limits
from egide.documents.readings import Line, Reading
from egide.documents.refusals import Refusal
from egide.documents.sandbox import File, FileRefusal, Sandbox

__all__ = ["KINDS", "PICTURES", "File", "FileRefusal", "Limits", "Line", "Reading", "Refusal", "Sandbox"]
