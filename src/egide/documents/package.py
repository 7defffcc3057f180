"""A zip package (Office, OpenDocument), unpacked within bounds, and what it declares of its parts."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property
from typing import Final

from egide.documents.context import Context
from egide.documents.markup import parse
from egide.documents.refusals import Refusal

_ENCRYPTED: Final = 0x1


class Package:
    """Raises Refusal when it is damaged, encrypted or would unpack to too much."""

    def __init__(self, data: bytes, context: Context) -> None:
        self._context = context
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Refusal("damaged") from None
        entries = self._zip.infolist()
        self.names = [entry.filename for entry in entries]
        if (
            len(entries) > context.limits.entries
            or sum(e.file_size for e in entries) > context.limits.unpacked
        ):
            raise Refusal("unpacked")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Refusal("encrypted")
        if len(set(self.names)) != len(self.names):
            raise Refusal("damaged")  # two parts of one name: which one a program shows, nobody knows

    def read(self, name: str) -> bytes:
        """A part, unpacked."""
        try:
            data = self._zip.read(name)
        except (zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, OSError, EOFError):
            raise Refusal("damaged") from None
        except Exception as problem:  # zlib.error and its kind have no common base
            raise Refusal("damaged") from problem
        self._context.unpack(len(data))
        return data

    @cached_property
    def types(self) -> dict[str, str]:
        """The declared type of each part of an Office package, in order; of no part in another."""
        if "[Content_Types].xml" not in self.names:
            return {}
        root = parse(self.read("[Content_Types].xml"))
        by_name, by_ending = {}, {}
        for one in root:
            declared = one.get("ContentType", "").lower()
            if one.get("PartName"):
                by_name[one.get("PartName", "").lstrip("/")] = declared
            else:
                by_ending[one.get("Extension", "").lower()] = declared
        return {
            name: by_name.get(name) or by_ending.get(name.rpartition(".")[2].lower(), "")
            for name in self.names
            if not name.endswith("/")
        }

    def parts(self, *endings: str) -> list[str]:
        """Parts whose declared type ends so, in the order in which people number them."""
        found = [name for name, declared in self.types.items() if declared.endswith(endings)]
        return sorted(found, key=_numbered)


def _numbered(name: str) -> tuple[str, int, str]:
    stem = name.rpartition(".")[0]
    digits = stem[len(stem.rstrip("0123456789")) :]
    return stem.removesuffix(digits), int(digits or 0), name
