"""What the pages show of providers, beside what is stored: what is known of their plan, how they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from egide.ports import Health
from egide.reference.providers import Plan, Preset, plan_of, plans, presets
from egide.workspace.providers.models import TRUSTS, Provider

GROUPS = {"europe": "Services français", "world": "Services étrangers", "local": "Sur vos machines"}
COUNTRIES = {"FR": "France", "US": "États-Unis", "CN": "Chine", "—": "aucun (logiciel installé chez vous)"}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the plan behind a preset. ``plan`` None: nothing was read."""

    preset: Preset
    plan: Plan | None
    country: str
    suggested: str
    signed: str
    read_up_to: date
    review_by: date
    stale: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A provider in the list. ``badge`` and ``health`` tell how it answers; empty when all is well."""

    provider: Provider
    first: bool
    last: bool
    badge: str
    health: str


def known(preset_id: str, today: date) -> Known | None:
    """What is known behind this preset; None when there is no such preset."""
    preset = presets().get(preset_id)
    if preset is None:
        return None
    plan, every = plan_of(preset), plans()
    return Known(
        preset=preset,
        plan=plan,
        country=COUNTRIES.get(plan.vendor_country, plan.vendor_country) if plan else "",
        suggested=every.label_of(plan.suggested_max_class) if plan else "",
        signed=dict(TRUSTS).get(preset.signed, ""),
        read_up_to=every.meta.sources_read_up_to,
        review_by=every.review_by,
        stale=every.stale(today),
    )


def groups() -> list[tuple[str, list[Preset]]]:
    """Presets to choose from, by where they run."""
    return [
        (title, [preset for preset in presets().values() if preset.group == name])
        for name, title in GROUPS.items()
    ]


def rows(providers: Sequence[Provider], health: Mapping[str, Health]) -> list[Row]:
    """The list, in the order of preference."""
    last = len(providers) - 1
    return [
        Row(provider, place == 0, place == last, *_health(health.get(provider.slug)))
        for place, provider in enumerate(providers)
    ]


def _health(health: Health | None) -> tuple[str, str]:
    if health is None or (health.state == "closed" and not health.failures):
        return "", ""
    plural = "s" if health.failures > 1 else ""
    failed = f"{health.failures} échec{plural} de suite"
    if health.state == "open":
        wait = max(1, round(health.wait_seconds))
        return "Au repos", f"{failed} : Égide ne l'appelle plus pendant {wait} s."
    if health.state == "half-open":
        return "À l'essai", f"{failed} : le prochain échange dira s'il est revenu."
    return "", f"{failed} : il reste appelé."
