"""Limits in French, as the pilot reads them and as the person who reaches one is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from typing import Final

from egide.policy.limits import MICRO, Limit, Measure, Period, Share, Subject
from egide.policy.windows import ZONE

_EACH: Final = {
    Subject.COMPANY: "Toute l'entreprise",
    Subject.PERSON: "Chaque personne",
    Subject.USAGE: "Chaque usage",
    Subject.PROVIDER: "Chaque service d'IA",
}
_NAMED: Final = {
    Subject.COMPANY: "{}",
    Subject.PERSON: "{}",
    Subject.USAGE: "Usage « {} »",
    Subject.PROVIDER: "Service « {} »",
}
_PERIODS: Final = {Period.MINUTE: "minute", Period.DAY: "jour", Period.MONTH: "mois"}
_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip


def amount(measure: Measure, count: int) -> str:
    """« 200 demandes », « 50 000 jetons », « 12,50 € »."""
    return _AMOUNTS[measure](count)


def sentence(limit: Limit, name: str = "") -> str:
    """« Chaque personne : 200 demandes par jour ». ``name`` is that of whom the limit names."""
    who = _NAMED[limit.subject].format(name) if name else _EACH[limit.subject]
    return f"{who} : {amount(limit.measure, limit.most)} par {_PERIODS[limit.period]}"


def told(limit: Limit, usage: str, provider: str) -> str:
    """The same for the person whom it concerns, who sees no other person's name."""
    names = {Subject.PERSON: "Vous" if limit.who else "", Subject.USAGE: usage, Subject.PROVIDER: provider}
    return sentence(limit, names.get(limit.subject, ""))


def seconds_left(share: Share, now: float) -> int:
    """Whole seconds until the window has ended: what ``Retry-After`` says."""
    return max(1, math.ceil(share.ends - now))


def when(share: Share, now: float) -> str:
    """« dans 42 secondes », « après minuit », « le 1er décembre »: when one may send again."""
    if share.limit.period is Period.MINUTE:
        return f"dans {_counted(seconds_left(share, now), 'seconde')}"
    if share.limit.period is Period.DAY:
        return "après minuit"
    return f"le 1er {_MONTHS[datetime.fromtimestamp(share.ends, ZONE).month - 1]}"


def warning(share: Share, usage: str, provider: str, now: float) -> str:
    """What the person is told from 80 % on."""
    limit = told(share.limit, usage, provider)
    if share.reached:
        return f"Limite atteinte ({limit}). Vous pourrez de nouveau envoyer {when(share, now)}."
    used = math.floor(100 * share.ratio)
    return f"Limite bientôt atteinte ({limit}) : {used} % utilisés."


def _counted(count: int, noun: str) -> str:
    return f"{_grouped(count)} {noun}{'s' if count > 1 else ''}"


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _euros(micro: int) -> str:
    whole, cents = divmod(math.ceil(micro / (MICRO // 100)), 100)
    return f"{_grouped(whole)},{cents:02d}\u00a0€"


_AMOUNTS: Final[dict[Measure, Callable[[int], str]]] = {
    Measure.REQUESTS: lambda count: _counted(count, "demande"),
    Measure.TOKENS: lambda count: _counted(count, "jeton"),
    Measure.COST: _euros,
}
