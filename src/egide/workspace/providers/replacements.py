"""Which model may be replaced by which one, elsewhere: said by a pilot, one pair of models at a time."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from egide import policy
from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.workspace.providers.models import Provider, Replacement


def in_force() -> tuple[policy.Fallback, ...]:
    """All of them as the gateway sees them; it looks itself at what is active and how far it is trusted."""
    return tuple(
        policy.Fallback(
            one.provider.slug, one.model, one.to_provider.slug, one.to_model, less_trusted=one.less_trusted
        )
        for one in all_of_them()
    )


def all_of_them() -> list[Replacement]:
    """In order of the providers, these read with them."""
    return list(Replacement.objects.select_related("provider", "to_provider"))


def add(
    provider: Provider, model: str, to_provider: Provider, to_model: str, *, less_trusted: bool = False
) -> Replacement:
    """Let ``model`` be replaced by ``to_model``.

    Raises WorkspaceError EG-6123 (not two models that can replace each other) or EG-6124 (the second
    provider is less trusted, and that was not accepted).
    """
    known = model in provider.model_names and to_model in to_provider.model_names
    if provider.pk == to_provider.pk or provider.kind != to_provider.kind or not known:
        raise WorkspaceError("EG-6123")
    less = is_less_trusted(provider, to_provider)
    if less and not less_trusted:
        raise WorkspaceError("EG-6124", first=provider.name, second=to_provider.name)
    made = Replacement(
        provider=provider, model=model, to_provider=to_provider, to_model=to_model, less_trusted=less
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise WorkspaceError("EG-6125", second=to_provider.name) from None
    return made


def is_less_trusted(provider: Provider, than: Provider) -> bool:
    """Whether ``than``, asked in place of ``provider``, is less trusted."""
    return Trust(than.trust).rank < Trust(provider.trust).rank


def obstacle(one: Replacement) -> str:
    """Why it has no effect now; empty when it has."""
    for provider, model in ((one.provider, one.model), (one.to_provider, one.to_model)):
        if not provider.active:
            return gettext("%(service)s est désactivé") % {"service": provider.name}
        if model not in provider.model_names:
            return gettext("%(service)s ne propose plus %(model)s") % {
                "service": provider.name,
                "model": model,
            }
    if one.provider.kind != one.to_provider.kind:
        return gettext("les deux services n'ont plus le même type")
    if is_less_trusted(one.provider, one.to_provider) and not one.less_trusted:
        return gettext(
            "le second service est devenu moins digne de confiance : retirez cette ligne et refaites-la"
        )
    return ""
