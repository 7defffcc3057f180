"""What the pages show of providers, beside what is stored: what is known of their plan, how they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from egide.ports import Health
from egide.reference.providers import Plan, Preset, plan_of, plans, presets
from egide.workspace.providers.models import TRUSTS, Provider

GROUPS = {"europe": _("Services français"), "world": _("Services étrangers"), "local": _("Sur vos machines")}
COUNTRIES = {
    "FR": _("France"),
    "US": _("États-Unis"),
    "CN": _("Chine"),
    "—": _("aucun (logiciel installé chez vous)"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the plan behind a preset. ``plan`` None: nothing was read."""

    preset: Preset
    plan: Plan | None
    country: str | Promise
    suggested: str
    signed: str | Promise
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
        suggested=gettext(every.label_of(plan.suggested_max_class)) if plan else "",
        signed=dict(TRUSTS).get(preset.signed, ""),
        read_up_to=every.meta.sources_read_up_to,
        review_by=every.review_by,
        stale=every.stale(today),
    )


def groups() -> list[tuple[str | Promise, list[Preset]]]:
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
    told = {"n": health.failures, "wait": max(1, round(health.wait_seconds))}
    if health.state == "open":
        said = ngettext(
            "%(n)s échec de suite : Égide ne l'appelle plus pendant %(wait)s s.",
            "%(n)s échecs de suite : Égide ne l'appelle plus pendant %(wait)s s.",
            health.failures,
        )
        return gettext("Au repos"), said % told
    if health.state == "half-open":
        said = ngettext(
            "%(n)s échec de suite : le prochain échange dira s'il est revenu.",
            "%(n)s échecs de suite : le prochain échange dira s'il est revenu.",
            health.failures,
        )
        return gettext("À l'essai"), said % told
    said = ngettext(
        "%(n)s échec de suite : il reste appelé.",
        "%(n)s échecs de suite : il reste appelé.",
        health.failures,
    )
    return "", said % told
