"""Limits as the pages say them: in French word for word as the core does, or in English."""

from __future__ import annotations

import math

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from egide.policy.limits import MICRO, Limit, Measure, Period, Subject

_EACH = {
    Subject.COMPANY: _("Toute l'entreprise"),
    Subject.PERSON: _("Chaque personne"),
    Subject.USAGE: _("Chaque usage"),
    Subject.PROVIDER: _("Chaque service d'IA"),
}
_NAMED = {Subject.USAGE: _("Usage « %(name)s »"), Subject.PROVIDER: _("Service « %(name)s »")}
_OVER = {
    Period.MINUTE: _("%(who)s : %(amount)s par minute"),
    Period.DAY: _("%(who)s : %(amount)s par jour"),
    Period.MONTH: _("%(who)s : %(amount)s par mois"),
}


def amount(measure: Measure, count: int) -> str:
    """« 200 demandes », « 50 000 jetons », « 12,50 € »."""
    if measure is Measure.COST:
        whole, cents = divmod(math.ceil(count / (MICRO // 100)), 100)
        return gettext("%(whole)s,%(cents)s\u00a0€") % {"whole": _grouped(whole), "cents": f"{cents:02d}"}
    if not count:  # singular in French, plural in English
        return gettext("0 demande") if measure is Measure.REQUESTS else gettext("0 jeton")
    if measure is Measure.REQUESTS:
        said = ngettext("%(n)s demande", "%(n)s demandes", count)
    else:
        said = ngettext("%(n)s jeton", "%(n)s jetons", count)
    return said % {"n": _grouped(count)}


def sentence(limit: Limit, name: str = "") -> str:
    """« Chaque personne : 200 demandes par jour ». ``name`` is that of whom the limit names."""
    who = _EACH[limit.subject] if not name else _NAMED.get(limit.subject, "%(name)s") % {"name": name}
    return _OVER[limit.period] % {"who": who, "amount": amount(limit.measure, limit.most)}


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", pgettext("thousands", "\u202f"))
