"""What the policy in force does with each class of data, as a charter records it; and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

from egide.policy import Role, Trust
from egide.policy.phrasing import TRUSTS, upper
from egide.policy.table import build_table
from egide.workspace.policies import versions
from egide.workspace.policies.shown import PICTURE_WORDS, SPEECH_WORDS, effective
from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Usage

EVERY: Final = gettext_noop("Tous les usages")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where charter and policy say something else."""

    where: str
    charter: tuple[str, ...]
    policy: tuple[str, ...]


def in_force() -> dict[str, Any]:
    """Services that are connected, and what happens to data towards each kind of them, for a collaborator.

    Usages with the same rules as every other are not told. Raises EgideError when the policy was altered.
    """
    document = versions.in_force().document
    services = [
        {"name": one.name, "trust": one.trust, "models": list(one.model_names)}
        for one in Provider.objects.filter(active=True)
    ]
    trusts = [trust for trust in Trust if any(one["trust"] == trust for one in services)] or list(Trust)
    named = {name for rule in (*document.rules, *document.floors) for name in rule.usages}
    usages = [("", EVERY), *Usage.objects.filter(slug__in=named, active=True).values_list("slug", "name")]
    tables = []
    for trust in trusts:
        plain = build_table(document, "", Role.COLLABORATOR, trust)
        for slug, name in usages:
            if slug and build_table(document, slug, Role.COLLABORATOR, trust) == plain:
                continue
            said = list(effective(document, slug, Role.COLLABORATOR, trust))
            said.append(f"Images. {PICTURE_WORDS[document.pictures[trust]]}.")
            tables.append({"usage": name, "to": upper(TRUSTS[trust]), "sentences": said})
    return {"services": services, "tables": tables, "speech": SPEECH_WORDS[document.speech]}


def differences(recorded: dict[str, Any], now: dict[str, Any]) -> tuple[Difference, ...]:
    """Where what a charter recorded is not what happens now."""
    found = [
        _difference(gettext("Services d'IA branchés"), _services(recorded), _services(now)),
        _difference(gettext("Enregistrements sonores"), [recorded["speech"]], [now["speech"]]),
    ]
    before, after = _tables(recorded), _tables(now)
    found += [
        _difference(_where(*key), before.get(key, []), after.get(key, []))
        for key in dict.fromkeys((*before, *after))
    ]
    return tuple(one for one in found if one.charter or one.policy)


def _where(usage: str, to: str) -> str:
    """In the language of the page: a charter records the kind of service in French, as every usage."""
    kinds = {upper(words): upper(gettext(words)) for words in TRUSTS.values()}
    named = gettext(usage) if usage == EVERY else usage
    return f"{kinds.get(to, to)}, {named[:1].lower()}{named[1:]}"


def _difference(where: str, before: list[str], after: list[str]) -> Difference:
    gone = tuple(one for one in before if one not in after)
    return Difference(where, gone, tuple(one for one in after if one not in before))


def _services(rules: dict[str, Any]) -> list[str]:
    return [
        f"{one['name']} ({', '.join(one['models'])})" if one["models"] else one["name"]
        for one in rules["services"]
    ]


def _tables(rules: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    return {(one["usage"], one["to"]): one["sentences"] for one in rules["tables"]}
