"""What the marks of a prompt are called: what becomes of a class of data, and the risk of a wrong answer."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egide.reference.prompts import Risk
from egide.workspace.prompts.content import Fate

FATES: dict[Fate, str | Promise] = {"allowed": _("oui"), "masked": _("oui, masquées"), "forbidden": _("non")}
RISKS: dict[Risk, str | Promise] = {"faible": _("faible"), "moyen": _("moyen"), "élevé": _("élevé")}
