"""One exchange of one caller: values out, placeholders in, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from egide.detection import Finding
from egide.pseudonymisation.keyring import Keyring
from egide.pseudonymisation.placeholders import ALPHABET, SIZE, code, placeholder, well_formed
from egide.pseudonymisation.restoring import Known, Mode, Restorer
from egide.pseudonymisation.scope import Scope
from egide.pseudonymisation.vault import SealedEntry, Sealer, VaultStore

NOTE: Final = (
    "Certaines valeurs de cette conversation sont remplacées par des repères comme [PERSONNE_7K4Q2M]. "
    "Traite chaque repère comme la valeur qu'il remplace et recopie-le exactement, crochets compris, "
    "sans le traduire, le modifier, l'expliquer ni en inventer. "
    "(Placeholders such as [PERSONNE_7K4Q2M] stand for real values: "
    "copy them exactly, never alter or invent one.)"
)
_SHAPE = re.compile(rf"[A-Za-z]{{2,12}}\\?_([{ALPHABET}{ALPHABET.lower()}]{{{SIZE}}})(?![^\W_])")


class Pseudonymiser:
    """The entry point: makes the sessions of callers. Safe to share between threads.

    Without a ``store``, placeholders of earlier exchanges cannot be recalled.
    """

    def __init__(self, keyring: Keyring, store: VaultStore | None = None) -> None:
        self._keyring = keyring
        self._store = store

    def session(self, scope: Scope) -> Session:
        """A session for one exchange in ``scope``."""
        return Session(self._keyring, scope, self._store)


class Session:
    """One exchange; not to be shared between threads. Restores only what it issued or recalled."""

    def __init__(self, keyring: Keyring, scope: Scope, store: VaultStore | None) -> None:
        self._key = keyring.placeholder_key(scope)
        self._sealer = Sealer(keyring, scope)
        self._store = store
        self._known: dict[str, Known] = {}
        self._codes: dict[tuple[str, str], str] = {}
        self._fresh: list[str] = []

    def __repr__(self) -> str:
        return f"Session({len(self._known)} values)"

    @property
    def issued(self) -> Mapping[str, str]:
        """Placeholder → value, for all that this session may restore."""
        return {placeholder(known.label, one): known.value for one, known in self._known.items()}

    @property
    def note(self) -> str:
        """What to tell the model; empty when nothing is masked."""
        return NOTE if self._known else ""

    def mask(self, text: str, findings: Sequence[Finding]) -> str:
        """``text`` with each finding (disjoint, in order) replaced by its placeholder."""
        if not findings:
            return text
        pieces: list[str] = []
        done = 0
        for finding in findings:
            pieces += (
                text[done : finding.start],
                self._issue(finding.label, text[finding.start : finding.end]),
            )
            done = finding.end
        return "".join((*pieces, text[done:]))

    def seen(self, text: str) -> set[str]:
        """Codes of placeholder-shaped words in ``text`` that this session does not know."""
        if "_" not in text:
            return set()
        codes = {match.upper() for match in _SHAPE.findall(text)}
        return {one for one in codes if well_formed(one)} - self._known.keys()

    def recall(self, texts: Iterable[str]) -> None:
        """Make placeholders that stand in ``texts`` restorable, if they were issued in this very scope.

        Reads the store: call it off the event loop, and only when ``seen`` finds something.
        """
        codes = set[str]().union(*(self.seen(text) for text in texts))
        if not codes or self._store is None:
            return
        names = {self._sealer.name(one): one for one in codes}
        for entry in self._store.load(self._sealer.scope_id, list(names)):
            value = self._sealer.open(entry)
            one = names[entry.placeholder]
            self._known[one] = Known(entry.label, value)
            self._codes.setdefault((entry.label, value), one)

    def restorer(self, mode: Mode = "text") -> Restorer:
        """For one text that comes in pieces."""
        return Restorer(self._known, mode)

    def restore(self, text: str, *, mode: Mode = "text") -> str:
        """A whole text with its values back in place."""
        restorer = self.restorer(mode)
        return restorer.feed(text) + restorer.close()

    def sealed(self) -> list[SealedEntry]:
        """Entries of the values issued since the session began, for the store."""
        return [self._sealer.seal(one, self._known[one].label, self._known[one].value) for one in self._fresh]

    def _issue(self, label: str, value: str) -> str:
        one = self._codes.get((label, value))
        if one is None:
            one = self._new_code(label, value)
            self._codes[label, value] = one
            self._known[one] = Known(label, value)
            self._fresh.append(one)
        return placeholder(label, one)

    def _new_code(self, label: str, value: str) -> str:
        attempt = 0
        while (one := code(self._key, label, value, attempt)) in self._known:
            attempt += 1  # another value of this exchange has this code
        return one
