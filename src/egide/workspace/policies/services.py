"""Reads the policy in force; changes the exemptions and the terms."""

from __future__ import annotations

from dataclasses import dataclass

from egide.detection.view import fold
from egide.errors import WorkspaceError
from egide.policy import Policy
from egide.policy.policy import DEFAULT, names
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.policies import versions
from egide.workspace.policies.models import Exemption, Term

SHORTEST, LONGEST = 2, 200


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term in clear, for the pilot's page."""

    id: int
    text: str


def policy() -> Policy:
    """The policy in force: see ``versions.in_force``."""
    return versions.in_force()


def offered() -> tuple[Policy, ...]:
    """The policies shipped with Égide, from the most prudent default on."""
    return tuple(Policy.load(name) for name in sorted(names(), key=lambda name: name != DEFAULT))


def allow(value: str, by: User | None) -> None:
    """Declare a value "not personal", for everybody. A term with this value stops being hidden."""
    found = digest(value)
    for term in Term.objects.filter(digest=found):
        term.delete()
    if not Exemption.objects.filter(digest=found).exists():
        Exemption.objects.create(digest=found, by=by)


def forbid(value: str) -> bool:
    """Take back an exemption, found by its value. False when there was none."""
    found = Exemption.objects.filter(digest=digest(value)).first()
    if found is not None:
        found.delete()
    return found is not None


def hide(value: str, by: User | None) -> None:
    """Have a term hidden everywhere. An exemption for it ends."""
    forbid(value)
    found = digest(value)
    if not Term.objects.filter(digest=found).exists():
        sealed = wiring.keyring().seal(value.strip().encode(), _context(found))
        Term.objects.create(digest=found, sealed=sealed, by=by)


def terms() -> tuple[ShownTerm, ...]:
    """The company's terms, in clear."""
    opened = wiring.keyring().open
    shown = (
        ShownTerm(t.pk, opened(bytes(t.sealed), _context(t.digest)).decode()) for t in Term.objects.all()
    )
    return tuple(sorted(shown, key=lambda term: fold(term.text)))


def exemptions() -> frozenset[str]:
    """Digests of the values that are never hidden."""
    return frozenset(Exemption.objects.values_list("digest", flat=True))


def digest(value: str) -> str:
    """The keyed digest that a value is known by. Raises WorkspaceError EG-6014 for its length."""
    text = value.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise WorkspaceError("EG-6014", shortest=SHORTEST, longest=LONGEST)
    return wiring.keyring().value_digest(fold(text))


def _context(digest: str) -> str:
    return f"policies/term/{digest}"
