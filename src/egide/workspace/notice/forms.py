"""What the company adds to the notice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DetailsForm(forms.Form):
    contact = forms.CharField(
        label=_("À qui s'adresser pour exercer ses droits"),
        required=False,
        max_length=200,
        help_text=_(
            "Un nom ou une fonction, et une adresse : « la déléguée à la protection des données, "
            "dpo@votre-entreprise.fr »."
        ),
    )
    basis = forms.CharField(
        label=_("Base légale retenue"),
        required=False,
        max_length=200,
        help_text=_("Celle que votre registre indique pour ce traitement (RGPD, article 6)."),
    )
