"""A policy as pages show it: its rules as sentences by class of data, and who decides each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import Action, Pictures, Role, Speech, Trust
from egide.policy.document import COMPANY, PROFESSION, PROFILE, PolicyDocument, Rule
from egide.policy.editing import Line, lines
from egide.policy.phrasing import NOUNS, Noun, Say, least, listed, outcome, plain, sentence, upper, whom
from egide.policy.professions import Pack, packs
from egide.policy.table import build_table
from egide.policy.voices import Voice, voices

WORDS: Final[Mapping[Action, str | Promise]] = {
    Action.ALLOW: _("Lu en clair"),
    Action.WARN: _("Lu, avec un avertissement"),
    Action.MASK: _("Masqué"),
    Action.REROUTE: _("Vers un autre service"),
    Action.JUSTIFY: _("Raison demandée"),
    Action.APPROVE: _("Accord d'un pilote demandé"),
    Action.BLOCK: _("Bloqué"),
}
BADGES: Final[Mapping[Action, str]] = {
    Action.MASK: "eg-badge-good",
    Action.WARN: "eg-badge-warn",
    Action.JUSTIFY: "eg-badge-warn",
    Action.APPROVE: "eg-badge-warn",
    Action.REROUTE: "eg-badge-warn",
    Action.BLOCK: "eg-badge-bad",
}

# In French for the charter, which records them; translated where a page shows them.
PICTURE_WORDS: Final[Mapping[Pictures, str]] = {
    Pictures.REFUSED: gettext_noop("Refusée : rien ne part"),
    Pictures.TEXT: gettext_noop("Son texte masqué part à sa place"),
    Pictures.MASKED: gettext_noop("L'image part, lignes à masquer recouvertes"),
}
SPEECH_WORDS: Final[Mapping[Speech, str]] = {
    Speech.REFUSED: gettext_noop("Refusé : rien ne part"),
    Speech.LOCAL: gettext_noop("Permis vers un service local seulement"),
}

TRUST_WORDS: Final[Mapping[Trust, str | Promise]] = {
    Trust.PUBLIC: _("Grand public"),
    Trust.CONTRACT: _("Sous contrat"),
    Trust.EUROPEAN: _("Européen, sous contrat"),
    Trust.LOCAL: _("Local"),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One rule as a sentence. ``query`` names it in an address, empty where the form cannot change it: a
    rule of a file for several usages or roles. ``replaced`` is what the profile says."""

    sentence: str
    own: bool
    query: str
    target: str
    usage: str
    role: str
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What happens to some kinds of data towards one kind of service, who says so, and who says otherwise."""

    trust: str | Promise
    word: str | Promise
    badge: str
    by: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Kinds of data of one class to which the same happens."""

    name: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownPromise:
    """One class that a profession keeps secret. ``sentence`` is empty where nothing of it is recognised."""

    label: str
    sentence: str
    why: str
    missing: str


@dataclass(frozen=True, slots=True)
class Group:
    """All that a policy says of one class of data."""

    id: str
    name: str
    kinds: str
    lines: tuple[ShownLine, ...]
    floors: tuple[str, ...]
    rows: tuple[ShownRow, ...]

    @property
    def plain(self) -> bool:
        """Whether one voice alone speaks of the whole class: its sentence says all."""
        return len({cell.by for row in self.rows for cell in row.cells}) == 1 and not any(
            cell.others for row in self.rows for cell in row.cells
        )


def groups(
    document: PolicyDocument, names: Mapping[str, str], usage: str = "", role: Role = Role.COLLABORATOR
) -> tuple[Group, ...]:
    """By class of data. ``names`` of the usages by id; ``usage`` and ``role`` for whom the cells are."""
    said = [(line.target.data_class, _line(line, names)) for line in lines(document)]
    spoken = {trust: voices(document, usage, role, trust) for trust in Trust}
    return tuple(
        Group(
            id=name,
            name=upper(gettext(french)),
            kinds=", ".join(gettext(LABELS[label].french) for label in _labels(name)),
            lines=tuple(line for data_class, line in said if data_class == name),
            floors=tuple(_floors(document.floors, name, names)),
            rows=tuple(_rows(name, spoken)),
        )
        for name, french in DATA_CLASSES.items()
    )


def effective(
    document: PolicyDocument, usage: str, role: Role, trust: Trust, say: Say = plain
) -> tuple[str, ...]:
    """What happens to each kind of data, for one person, usage and kind of service, as sentences: in French,
    as the charter records them, unless ``say`` is given."""
    table = build_table(document, usage, role, trust)
    found = []
    for name in DATA_CLASSES:
        by_action: dict[Action, list[str]] = {}
        for label in _labels(name):
            by_action.setdefault(table[label].action, []).append(label)
        for action, labels in by_action.items():
            found.append(outcome(_noun(name, labels, say), action, say))
    return tuple(found)


def promised(pack: Pack) -> tuple[ShownPromise, ...]:
    """What a profession keeps secret, class by class, with what Égide does of it and what it does not."""
    found = []
    for blocked, reach, floor in pack.promises:
        said = least(_noun("", list(reach.labels)), floor.actions, gettext) if floor else ""
        found.append(ShownPromise(blocked.label, upper(said), reach.why, reach.missing))
    return tuple(found)


def origin(name: str) -> str:
    """Who an origin is: the profile, the company, a profession."""
    if name == PROFILE:
        return gettext("profil")
    if name == COMPANY:
        return gettext("entreprise")
    return gettext("métier : %(name)s") % {"name": profession(name.removeprefix(PROFESSION))}


def profession(name: str) -> str:
    """What a profession is called; its id when the reference no longer lists it."""
    pack = packs().get(name)
    return pack.profession.label if pack else name


def _line(line: Line, names: Mapping[str, str]) -> ShownLine:
    noun, usages = NOUNS[line.target.name], [names.get(usage, usage) for usage in line.usages]
    replaced = sentence(noun, line.replaced.actions, usages, line.roles, gettext) if line.replaced else ""
    told = {"cible": str(line.target), "usage": "".join(line.usages), "role": "".join(line.roles)}
    single = len(line.usages) < 2 and len(line.roles) < 2
    return ShownLine(
        sentence=sentence(noun, line.actions, usages, line.roles, gettext),
        own=line.own,
        query=urlencode({key: value for key, value in told.items() if value}) if single else "",
        target=str(line.target),
        usage=" ".join(line.usages),
        role=" ".join(line.roles),
        replaced=replaced,
    )


def _floors(floors: Iterable[Rule], data_class: str, names: Mapping[str, str]) -> Iterator[str]:
    for floor in floors:
        labels = [label for label in _labels(data_class) if label in floor.covers]
        said = least(_noun(data_class, labels), floor.actions, gettext) if labels else ""
        if said:
            first = whom([names.get(usage, usage) for usage in floor.usages], floor.roles, gettext)
            yield f"{upper(origin(floor.origin))}. {upper(first + said)}"


def _rows(data_class: str, spoken: Mapping[Trust, Mapping[str, tuple[Voice, ...]]]) -> Iterator[ShownRow]:
    same: dict[tuple[tuple[Voice, ...], ...], list[str]] = {}
    for label in _labels(data_class):
        same.setdefault(tuple(spoken[trust].get(label, ()) for trust in Trust), []).append(label)
    for said, labels in same.items():
        cells = tuple(_cell(trust, told) for trust, told in zip(Trust, said, strict=True))
        yield ShownRow(upper(gettext(_noun(data_class, labels).words)), cells)


def _cell(trust: Trust, said: tuple[Voice, ...]) -> ShownCell:
    first = next((voice for voice in said if voice.decides), None)
    action, by = (first.action, origin(first.origin)) if first else (Action.BLOCK, gettext("aucune règle"))
    told = gettext("%(who)s : %(what)s")
    others = tuple(
        told % {"who": origin(v.origin), "what": str(WORDS[v.action]).lower()} for v in said if v is not first
    )
    return ShownCell(TRUST_WORDS[trust], WORDS[action], BADGES.get(action, ""), by, others)


def _noun(data_class: str, labels: list[str], say: Say = gettext) -> Noun:
    """What names these labels; several are named in the language of ``say`` already."""
    if data_class and labels == _labels(data_class):
        return NOUNS[data_class]
    nouns = [NOUNS[label] for label in labels]
    pronoun = "ils" if any(noun.pronoun == "ils" for noun in nouns) else "elles"
    return Noun(listed([say(noun.words) for noun in nouns], say("et")), pronoun)


def _labels(data_class: str) -> list[str]:
    return [name for name, label in LABELS.items() if label.data_class == data_class]
