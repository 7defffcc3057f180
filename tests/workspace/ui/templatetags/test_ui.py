from __future__ import annotations

from django import forms
from django.template import Context, Template

from egide.workspace.ui.templatetags.ui import icon, item


class Form(forms.Form):
    email = forms.EmailField(label="Adresse", help_text="Votre adresse.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Un"), ("b", "Deux")], widget=forms.RadioSelect)


def _page(form: Form) -> str:
    return Template("{% fields form %}").render(Context({"form": form}))


def test_label_help_and_error_are_tied_to_the_field(workspace: None) -> None:
    page = _page(Form({"email": "x"}))
    assert '<label class="form-label" for="id_email">' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert 'id="id_email_error"' in page
    assert 'aria-invalid="true"' in page


def test_optional_fields_say_so(workspace: None) -> None:
    assert _page(Form()).count("(facultatif)") == 1


def test_buttons_to_choose_are_in_a_named_group(workspace: None) -> None:
    page = _page(Form())
    assert "<fieldset" in page
    assert "<legend" in page
    assert page.count("form-check-input") == 3


def test_an_icon_is_silent_for_screen_readers(workspace: None) -> None:
    assert 'aria-hidden="true"' in icon("menu")


def test_a_name_no_longer_known_shows_its_id(workspace: None) -> None:
    assert item({"a": "Un"}, "a") == "Un"
    assert item({}, "ancien") == "ancien"
