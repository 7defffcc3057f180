"""What the company says of itself."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.detection.recognisers._luhn import luhn
from egide.reference.professions import professions
from egide.reference.regions import REGIONS
from egide.workspace.company.models import Company

_NAF: Final = re.compile(r"(\d{2})\.?(\d{2})([A-Z])", re.ASCII)
_UNTOLD: Final = ("", _("Non dit"))


class CompanyForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Everything is optional: what is not told is left out, nothing is guessed from it."""

    siren = forms.CharField(
        label="SIREN",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Neuf chiffres. Sert à nommer l'entreprise sans ambiguïté dans vos documents."),
    )
    naf = forms.CharField(
        label=_("Code NAF (ou APE)"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Par exemple 43.32A. Sert à choisir les programmes et les aides de votre activité."),
    )
    region = forms.ChoiceField(
        label=_("Région"),
        required=False,
        help_text=_("Sert à trouver les aides de votre région."),
        choices=[_UNTOLD, *sorted(REGIONS.items(), key=lambda pair: pair[1])],
    )
    profession = forms.ChoiceField(
        label=_("Profession réglementée ou secteur tenu au secret"),
        required=False,
        help_text=_("Sert à vous proposer les règles de cette profession ; rien n'est appliqué sans vous."),
    )
    representatives = forms.TypedChoiceField(
        label=_("Avez-vous des représentants du personnel (CSE) ?"),
        required=False,
        choices=[_UNTOLD, ("yes", _("Oui")), ("no", _("Non"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=_("Sert à savoir s'il faut les consulter avant la charte."),
    )

    class Meta:
        model = Company
        fields = ("name", "siren", "staff", "naf", "region", "profession", "representatives")
        labels = {"name": _("Nom de l'entreprise"), "staff": _("Effectif")}
        help_texts = {
            "name": _("Sert sur les documents et dans l'information du personnel."),
            "staff": _("Nombre de personnes. Sert à trier les obligations et les aides qui vous concernent."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.id, one.label) for one in professions().professions]
        held = self.instance.profession
        if held and held not in dict(known):
            known.append((held, held))
        self.fields["profession"].choices = [("", _("Aucune, ou non dit")), *known]  # type: ignore[attr-defined]
        self.initial["representatives"] = {True: "yes", False: "no"}.get(self.instance.representatives, "")

    def clean_siren(self) -> str:
        digits = re.sub(r"[\s.\-]", "", self.cleaned_data["siren"])
        if not digits:
            return ""
        if not re.fullmatch(r"\d{9}", digits, re.ASCII):
            raise forms.ValidationError(
                gettext("Un SIREN a neuf chiffres (un SIRET en a quatorze : prenez les neuf premiers).")
            )
        if not luhn(digits) or digits == "0" * 9:
            raise forms.ValidationError(
                gettext("Ce n'est pas un SIREN : son dernier chiffre, qui sert de contrôle, est faux.")
            )
        return digits

    def clean_naf(self) -> str:
        written = self.cleaned_data["naf"].strip().upper().replace(" ", "")
        if not written:
            return ""
        found = _NAF.fullmatch(written)
        if found is None:
            raise forms.ValidationError(
                gettext("Un code NAF a quatre chiffres et une lettre, par exemple 43.32A.")
            )
        return f"{found[1]}.{found[2]}{found[3]}"

    def clean_staff(self) -> int | None:
        staff: int | None = self.cleaned_data["staff"]
        if staff is not None and not 1 <= staff <= 1_000_000:
            raise forms.ValidationError(gettext("Donnez un nombre de personnes, vous compris."))
        return staff
