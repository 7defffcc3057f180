"""Tags that every template may use: ``{% icon %}``, ``{% field %}``, ``{% fields %}``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: int = 20) -> SafeString:
    """A Lucide icon, decorative: the text beside it says the same. Drawn once: a page may hold hundreds."""
    return SafeString(lucide(name, size=size, aria_hidden="true", focusable="false", **{"class": "eg-icon"}))


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field with its label, help and errors, tied together for screen readers."""
    return {"field": bound, "widget": _control(bound), "kind": _kind(bound)}


@register.inclusion_tag("ui/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """Every field of a form, and what is wrong with the whole of it."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def page_link(context: Mapping[str, Any], number: int, parameter: str) -> str:
    """This address with another page: what was searched and filtered stays."""
    query = context["request"].GET.copy()
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def item(names: Mapping[str, str], key: str) -> str:
    """What ``key`` is called, or the key itself when it is no longer known."""
    return names.get(key, key)


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "control"


def _control(bound: BoundField) -> SafeString:
    # For radio buttons and lists of boxes, drawn one by one by the template.
    bound.field.widget.attrs["class"] = _classes(bound)
    attrs: dict[str, str | bool] = {"class": _classes(bound)}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    # Django itself ties the help text; we tie the errors, too.
    described = [f"{bound.id_for_label}_helptext"] if bound.help_text else []
    described += [f"{bound.id_for_label}_error"] if bound.errors else []
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attrs)


def _classes(bound: BoundField) -> str:
    widget = bound.field.widget
    invalid = " is-invalid" if bound.errors else ""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"form-check-input{invalid}"
    return f"{'form-select' if isinstance(widget, forms.Select) else 'form-control'}{invalid}"
