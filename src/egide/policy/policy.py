"""A policy: rules read from YAML, in force for every exchange. ``decide`` is its one question.

Pure: no clock, no network. Fail closed: what no rule knows is blocked, a file with a mistake is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Self

import yaml

from egide.detection import LABELS, Finding
from egide.errors import PolicyError
from egide.policy.document import PolicyDocument
from egide.policy.explain import explain
from egide.policy.model import Action, Decision, Person, Provider, Role, Treatment, Trust, Usage
from egide.policy.reading import read
from egide.policy.table import Cell, Table, build_table

DEFAULT = "prudent"
_treatment = Treatment._make  # half the cost of the class call, in the one hot loop


@dataclass(frozen=True, slots=True)
class Policy:
    """Immutable rules with a version: the name and a digest of the content (layout does not count).

    Make one with ``default``, ``load`` or ``from_yaml``.
    """

    version: str
    document: PolicyDocument = field(repr=False)
    # Tables compiled on first use; the same value whoever computes it, so no lock is needed.
    _tables: dict[tuple[str, Role, Trust], Table] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def default(cls) -> Policy:
        """The prudent policy shipped with Égide."""
        return _shipped(DEFAULT)

    @classmethod
    def load(cls, source: str | Path) -> Policy:
        """A shipped policy by its name (``prudent``, ``strict``, ``open``), or a YAML file by its path.

        Raises PolicyError EG-3003 when there is none, EG-3004 when it has a mistake.
        """
        if isinstance(source, str) and source in names():
            return _shipped(source)
        try:
            return cls.from_yaml(Path(source).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            raise PolicyError("EG-3003", names=", ".join(names())) from problem

    @classmethod
    def from_yaml(cls, text: str) -> Self:
        """Read the content of a policy file. Raises PolicyError EG-3004."""
        return cls.of(read(text))

    @classmethod
    def of(cls, document: PolicyDocument) -> Self:
        """The policy of a document, named after its content."""
        digest = hashlib.sha256(document.model_dump_json().encode()).hexdigest()
        return cls(f"{document.name}-{digest[:12]}", document)

    def to_yaml(self) -> str:
        """The policy as a file that ``from_yaml`` reads back to an equal policy."""
        content = self.document.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)

    @property
    def name(self) -> str:
        """The short name of the policy."""
        return self.document.name

    def decide(
        self, findings: Sequence[Finding], usage: Usage, provider: Provider, person: Person
    ) -> Decision:
        """What happens to an exchange that holds ``findings`` (kept in their order in ``treatments``)."""
        if not findings:
            return self._nothing()
        table = self._table(usage.id, person.role, provider.trust)
        cell_of, unknown = table.get, table.unknown
        counts: dict[str, int] = {}
        treatments = []
        for finding in findings:
            label = finding.label
            counts[label] = counts.get(label, 0) + 1
            action, rule = cell_of(label, unknown).outcome
            treatments.append(_treatment((finding, action, rule)))
        lead = min((table[label] for label in counts), key=_rank)
        explanation = explain(counts, table, lead)
        return Decision(lead.action, lead.rule, lead.charter, explanation, tuple(treatments))

    def sentences(self, trust: Trust, usage: str = "", role: Role = Role.COLLABORATOR) -> tuple[str, ...]:
        """What is in force towards providers of this trust, in plain French, in order of the file."""
        table = self._table(usage, role, trust)
        cells = sorted(set(map(table.__getitem__, LABELS)), key=lambda cell: cell.rank[1])
        said = [cell.sentence for cell in cells if cell is not table.unknown]
        return (*dict.fromkeys(said), self.document.unknown.sentence)

    def _nothing(self) -> Decision:
        said = self.document.nothing
        return Decision(Action.ALLOW, said.id, str(self.document.charter[said.charter]), said.sentence, ())

    def _table(self, usage: str, role: Role, trust: Trust) -> Table:
        key = (usage, role, trust)
        table = self._tables.get(key)
        if table is None:
            table = self._tables[key] = build_table(self.document, *key)
        return table


def names() -> tuple[str, ...]:
    """Names of the policies shipped with Égide."""
    folder = resources.files("egide.reference").joinpath("policies")
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir()))


@cache
def _shipped(name: str) -> Policy:
    source = resources.files("egide.reference").joinpath("policies", f"{name}.yaml")
    return Policy.from_yaml(source.read_text(encoding="utf-8"))


def _rank(cell: Cell) -> tuple[int, int]:
    return cell.rank
