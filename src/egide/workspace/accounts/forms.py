"""Forms of the one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from egide.workspace.accounts.models import User


class PasswordForm(forms.Form):
    """A password, typed once: it can be shown, and a second field teaches nothing but copy and paste."""

    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        help_text=_("12 caractères au moins. Une suite de quelques mots est facile à retenir."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        # The address is refused as a password, too, when it is typed in the same form.
        validate_password(password, self._user or User(email=self.cleaned_data.get("email", "")))
        return password


class FirstForm(PasswordForm):
    """The first administrator."""

    company = forms.CharField(label=_("Nom de l'entreprise"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Votre adresse électronique"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("company", "name", "email", "password")
