"""One exchange of one caller: values out, placeholders in, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from egide.detection import Finding
from egide.pseudonymisation.addresses import AddressReader
from egide.pseudonymisation.forms import CODE
from egide.pseudonymisation.keyring import Keyring
from egide.pseudonymisation.known import Index, Known
from egide.pseudonymisation.placeholders import ALPHABET, SIZE, code, placeholder, well_formed
from egide.pseudonymisation.reading import Reader, ReadRestorer
from egide.pseudonymisation.restoring import Mode, Restorer
from egide.pseudonymisation.scope import Scope
from egide.pseudonymisation.vault import SealedEntry, Sealer, VaultStore

NOTE: Final = (
    "Certaines valeurs de cette conversation sont remplacées par des repères comme [PERSONNE_7K4Q2M]. "
    "Traite chaque repère comme la valeur qu'il remplace et recopie-le exactement, crochets compris, "
    "sans le traduire, le modifier, l'expliquer ni en inventer. "
    "(Placeholders such as [PERSONNE_7K4Q2M] stand for real values: "
    "copy them exactly, never alter or invent one.)"
)
# What a store is told of an entry that holds no value: the codes that a conversation knew.
_THREAD: Final = "THREAD"
# The same of an entry that holds a text of ours.
_NOTE: Final = "NOTE"
_MOST_IN_A_THREAD: Final = 20_000
_IN_PLACE = re.compile(rf"(?<=_)[2-9][{ALPHABET}]{{{SIZE - 1}}}(?=\])")
_SHAPE = re.compile(rf"(?<![^\W_])[2-9][{ALPHABET}]{{{SIZE - 1}}}(?=s?(?![^\W_]))", re.IGNORECASE)


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
        self._sealers = [Sealer(one, scope) for one in (keyring, *keyring.previous)]
        self._store = store
        self._known: dict[str, Known] = {}
        self._index = Index(self._known)
        self._codes: dict[tuple[str, str], str] = {}
        self._fresh: list[str] = []
        self._reader: Callable[[Mode], Reader] | None = None

    def __repr__(self) -> str:
        return f"Session({len(self._known)} values)"

    @property
    def issued(self) -> Mapping[str, str]:
        """Placeholder → value, for all that this session may restore."""
        return {placeholder(known.label, one): known.value for one, known in self._known.items()}

    @property
    def known(self) -> Collection[Known]:
        """All that this session may restore, each with its label."""
        return self._known.values()

    @property
    def note(self) -> str:
        """What to tell the model; empty when nothing is masked."""
        return NOTE if self._known else ""

    def mask(self, text: str, findings: Sequence[Finding]) -> str:
        """``text`` with each finding replaced by its placeholder.

        Findings that overlap become one: no character of a value is ever left between two placeholders.
        One that lies inside a placeholder known to this session is skipped: it hides its value already.
        """
        if not findings:
            return text
        pieces: list[str] = []
        done = 0
        for start, end, label in _disjoint(findings, self._shown_in(text)):
            pieces += (text[done:start], self._issue(label, text[start:end]))
            done = end
        if "/" in text or "www" in text:
            self._note_addresses(pieces)
        return "".join((*pieces, text[done:]))

    def _note_addresses(self, pieces: Sequence[str]) -> None:
        """Remember which placeholders stand inside the caller's own addresses: they may be put back there."""
        reader = AddressReader()
        for plain, shown in zip(pieces[::2], pieces[1::2], strict=True):
            reader.read(plain)
            one = shown[-SIZE - 1 : -1]
            if reader.inside:
                self._index.addresses.add((reader.address, one))
                reader.read(shown)
            else:
                reader.read(self._known[one].value)

    def _shown_in(self, text: str) -> list[tuple[int, int]]:
        """Where the placeholders that this session knows stand in ``text``, as they were issued."""
        if "_" not in text or not self._known:
            return []
        codes = ((match.start(), match[0]) for match in _IN_PLACE.finditer(text))
        shown = ((at, placeholder(self._known[one].label, one)) for at, one in codes if one in self._known)
        ends = ((at + SIZE + 1, one) for at, one in shown)
        return [(end - len(one), end) for end, one in ends if text.endswith(one, 0, end)]

    def seen(self, text: str) -> set[str]:
        """Codes of placeholder-shaped words in ``text`` that this session does not know."""
        codes = {match.upper() for match in _SHAPE.findall(text)}
        return {one for one in codes if well_formed(one)} - self._known.keys()

    def recall(self, texts: Iterable[str]) -> None:
        """Make placeholders that stand in ``texts`` restorable, if they were issued in this very scope.

        Reads the store: call it off the event loop, and only when ``seen`` finds something.
        """
        self._load(set[str]().union(*(self.seen(text) for text in texts)))

    def thread(self, name: str) -> SealedEntry:
        """For the store: the codes that this session knows, to be recalled together under ``name``."""
        codes = list(self._known)[-_MOST_IN_A_THREAD:]
        return self._sealers[0].seal(_thread(name), _THREAD, " ".join(codes))

    def whole(self, name: str) -> list[SealedEntry]:
        """The same, with every value behind these codes: an answer that comes much later finds them all."""
        return [*self.sealed(list(self._known)), self.thread(name)]

    def recall_threads(self, names: Iterable[str]) -> None:
        """Make restorable what sessions of this very scope knew that were kept under these names.

        For a conversation of which only the provider has the text. Reads the store, as ``recall`` does.
        """
        if self._store is None:
            return
        codes: dict[str, None] = {}
        for sealer in self._sealers:
            places = [sealer.name(_thread(name)) for name in sorted(names)]
            for entry in self._store.load(sealer.scope_id, places) if places else ():
                codes |= dict.fromkeys(sealer.open(entry).split())
        self._load(codes)
        # The conversation goes on: its values are kept as long as it does.
        kept = self._known.keys() - set(self._fresh)
        self._fresh += [one for one in codes if one in kept]

    def note_down(self, name: str, text: str) -> SealedEntry:
        """For the store: a text of ours to be found again in this very scope, under ``name``."""
        return self._sealers[0].seal(_note(name), _NOTE, text)

    def noted(self, names: Iterable[str]) -> dict[str, str]:
        """What was noted down under these names, of those that the store still has. Reads the store."""
        found: dict[str, str] = {}
        if self._store is None:
            return found
        wanted = list(names)
        for sealer in self._sealers:
            places = {sealer.name(_note(one)): one for one in wanted if one not in found}
            for entry in self._store.load(sealer.scope_id, list(places)) if places else ():
                found[places[entry.placeholder]] = sealer.open(entry)
        return found

    def _load(self, codes: Collection[str]) -> None:
        if not codes or self._store is None:
            return
        for sealer in self._sealers:
            names = {sealer.name(one): one for one in codes if one not in self._known}
            for entry in self._store.load(sealer.scope_id, list(names)) if names else ():
                one, value = names[entry.placeholder], sealer.open(entry)
                self._known[one] = Known(entry.label, value)
                self._codes.setdefault((entry.label, value), one)
                if sealer is not self._sealers[0]:
                    self._fresh.append(one)  # kept from now on under the new master key

    def read_by(self, reader: Callable[[Mode], Reader]) -> None:
        """From now on, what is restored goes through a reader of its own that ``reader`` makes."""
        self._reader = reader

    @property
    def read(self) -> bool:
        """Whether a reader takes values out of what is restored."""
        return self._reader is not None

    def reader(self, mode: Mode = "text") -> Reader | None:
        """For one text that is given out as it came, placeholders in place."""
        return self._reader(mode) if self._reader is not None else None

    @property
    def changes(self) -> bool:
        """Whether an answer may leave otherwise than it came."""
        return bool(self._known) or self.read

    def restorer(self, mode: Mode = "text") -> Restorer:
        """For one text that comes in pieces."""
        if self._reader is None:
            return Restorer(self._index, mode)
        return ReadRestorer(self._index, mode, self._reader(mode))

    def restore(self, text: str, *, mode: Mode = "text") -> str:
        """A whole text with its values back in place."""
        if self._reader is None and (not self._known or CODE.search(text) is None):
            return text  # every form of a placeholder holds its code
        restorer = self.restorer(mode)
        return restorer.feed(text) + restorer.close()

    @property
    def scope_id(self) -> str:
        """The keyed name of the scope, as a store knows it."""
        return self._sealers[0].scope_id

    @property
    def fresh(self) -> Sequence[str]:
        """Codes of the values issued since the session began."""
        return self._fresh

    def sealed(self, codes: Sequence[str] | None = None) -> list[SealedEntry]:
        """Entries for the store of the values behind ``codes``, or of all that are ``fresh``."""
        known = ((one, self._known[one]) for one in (self._fresh if codes is None else codes))
        return [self._sealers[0].seal(one, value.label, value.value) for one, value in known]

    def _issue(self, label: str, value: str) -> str:
        one = self._codes.get((label, value))
        if one is None:
            one = self._new_code(label, value)
            self._codes[label, value] = one
            # A value that holds a placeholder of ours, quoted by the person, is kept with its own value.
            self._known[one] = Known(label, self.restore(value) if "_" in value else value)
            self._fresh.append(one)
        return placeholder(label, one)

    def _new_code(self, label: str, value: str) -> str:
        attempt = 0
        while (one := code(self._key, label, value, attempt)) in self._known:
            attempt += 1  # another value of this exchange has this code
        return one


def _disjoint(
    findings: Sequence[Finding], shown: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of what to replace, in order; of several that overlap, the longest says what."""
    if not shown and all(map(_follows, findings, findings[1:])):
        yield from ((one.start, one.end, one.label) for one in findings if one.start < one.end)
        return
    pending: tuple[int, int, str] | None = None
    longest = 0
    for finding in sorted(findings, key=_place):
        start, end = finding.start, finding.end
        if start >= end or any(a <= start and end <= b for a, b in shown):
            continue
        for a, b in shown:  # never cut through a placeholder: what holds it is a value of its own
            if a < end and start < b:
                start, end = min(a, start), max(b, end)
        if pending is not None and start < pending[1]:
            label = finding.label if end - start > longest else pending[2]
            pending = (min(pending[0], start), max(end, pending[1]), label)
        else:
            if pending is not None:
                yield pending
            pending = (start, end, finding.label)
            longest = 0
        longest = max(longest, end - start)
    if pending is not None:
        yield pending


def _thread(name: str) -> str:
    return f"thread/{name}"


def _note(name: str) -> str:
    return f"note/{name}"


def _follows(one: Finding, other: Finding) -> bool:
    return one.end <= other.start


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start, -finding.end
