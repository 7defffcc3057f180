"""The form that starts a campaign."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from egide.reference.hygiene import hygiene


class CampaignForm(forms.Form):
    """The themes to ask about, and when it should end."""

    themes = forms.MultipleChoiceField(label=_("Sur quels thèmes ?"), widget=forms.CheckboxSelectMultiple)
    ends_on = forms.DateField(
        label=_("Fin prévue le"),
        help_text=_("Vous pourrez clore la campagne avant ou après."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data: object = None) -> None:
        names = hygiene().themes
        ends_on = timezone.localdate() + timedelta(days=14)
        super().__init__(data, initial={"themes": names, "ends_on": ends_on})  # type: ignore[arg-type]
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        field.choices = [(name, self._told(name)) for name in names]

    def clean_ends_on(self) -> date:
        given: date = self.cleaned_data["ends_on"]
        if given < timezone.localdate():
            raise forms.ValidationError(gettext("Choisissez une date à venir."))
        return given

    @staticmethod
    def _told(theme: str) -> str:
        points = sum(one.theme == theme for one in hygiene().checks)
        said = ngettext("%(theme)s (%(points)s point)", "%(theme)s (%(points)s points)", points)
        return said % {"theme": theme, "points": points}
