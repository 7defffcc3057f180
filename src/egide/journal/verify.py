"""Independent verification of an export: needs the file and the public key, nothing else of Égide.

Every line must be, byte for byte, what the journal writes; every chain must be whole from its first
record, or from where a signed purge says; every checkpoint and the seal at the end must be signed. A
filtered export says that it is one: its records are proved by the seal. Anything odd raises JournalError.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

from egide.errors import JournalError
from egide.journal.chain import canonical, read_line
from egide.journal.checkpoint import SEAL, Verifier
from egide.journal.export import header, read_filter
from egide.journal.partial import Partial
from egide.journal.selection import Selection
from egide.journal.walk import ChainReport, Chains, broken

LONGEST_LINE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Report:
    """What an export holds, all of it verified. ``sealed_at`` is when it was made; ``selection`` is what
    it was limited to, empty when it is the whole journal."""

    chains: tuple[ChainReport, ...]
    sealed_at: str
    selection: Selection = field(default_factory=Selection)

    @property
    def records(self) -> int:
        """Number of records, checkpoints included."""
        return sum(chain.records for chain in self.chains)

    @property
    def purged(self) -> int:
        """Number of records that signed purges removed before."""
        return sum(chain.purged for chain in self.chains)


def verify(export: IO[bytes], keys: Sequence[Verifier]) -> Report:
    """Verify an export from its first byte, in one pass. ``keys``: the public key, and older ones if any.

    Raises JournalError: EG-5005 when the file is no export signed by one of ``keys``, EG-5002 with the
    writer and the sequence when it was changed, cut or is damaged.
    """
    return _Verification(keys).run(export)


class _Verification:
    def __init__(self, keys: Sequence[Verifier]) -> None:
        self.keys = {key.key_id: key for key in keys}
        self.digest = hashlib.sha256()
        self.selection = Selection()
        self.chains: Chains | Partial = Chains(self.keys)

    def run(self, export: IO[bytes]) -> Report:
        lines = self._lines(export)
        first = next(lines, None)
        if first is None:
            raise JournalError("EG-5005")
        self._head(first)
        for line in lines:
            try:
                record = read_line(line)
            except (ValueError, RecursionError):
                return self._seal(line, lines)
            self.chains.step(record)
        raise self._cut()

    def _lines(self, export: IO[bytes]) -> Iterator[str]:
        """Whole lines. Each enters the digest when the next one is asked for: the seal never does."""
        while raw := export.readline(LONGEST_LINE):
            if not raw.endswith(b"\n"):
                raise self._cut()
            try:
                yield raw[:-1].decode()
            except UnicodeDecodeError:
                raise self._odd("la ligne qui suit n'est pas lisible") from None
            self.digest.update(raw)

    def _head(self, line: str) -> None:
        """Take the first line: whose export it is, and whether it is filtered."""
        try:
            self.selection = read_filter(line)
        except (ValueError, RecursionError, JournalError):
            raise JournalError("EG-5005") from None
        if line not in {header(key.public_key, self.selection) for key in self.keys.values()}:
            raise JournalError("EG-5005")
        if self.selection:
            self.chains = Partial(self.selection, self.keys)

    def _seal(self, line: str, rest: Iterator[str]) -> Report:
        chains = self.chains.end()
        digest, records = self.digest.hexdigest(), sum(chain.records for chain in chains)
        try:
            content = json.loads(line)
            seal, at, key = content.pop("seal"), content["at"], self.keys[content["key"]]
            exact = canonical({**content, "seal": seal}) == line
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
            raise self._odd("la ligne qui suit n'est pas un enregistrement") from None
        statement = {"at": at, "digest": digest, "key": key.key_id, "records": records}
        if not exact or content != statement or not key.signed(SEAL, statement, str(seal)):
            raise self._odd("le sceau de fin de fichier est faux")
        if next(rest, None) is not None:
            raise self._odd("des lignes suivent le sceau de fin de fichier")
        return Report(chains, str(at), self.selection)

    def _cut(self) -> JournalError:
        """What is left was chained; beyond the last checkpoint, nothing vouches for it."""
        chain = self.chains.last()
        if self.selection:
            return self._odd("la fin du fichier manque")
        return self._odd(
            f"la fin du fichier manque, {chain.uncovered} enregistrement(s) non couvert(s) par un point de "
            f"contrôle (le dernier : {chain.checkpoint or 'aucun'})"
        )

    def _odd(self, reason: str) -> JournalError:
        chain = self.chains.last()
        return broken(reason, chain.writer, chain.last)
