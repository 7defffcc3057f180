"""``{% company_sign_in as sign_in %}``: the settings in force, or None. One query."""

from __future__ import annotations

from django import template

from egide.workspace.sso import services
from egide.workspace.sso.models import SingleSignOn

register = template.Library()


@register.simple_tag
def company_sign_in() -> SingleSignOn | None:
    """The settings in force, or None."""
    return services.in_force()
