from __future__ import annotations

from django.urls import reverse

from egide.reference.autodiagnostic import questionnaire
from egide.workspace.diagnosis.links import PAGES, page_of


def test_every_page_exists_and_is_named_by_the_file() -> None:
    named = {one.remedy.feature for one in questionnaire().questions}
    for feature, page in PAGES.items():
        assert reverse(page.view).startswith("/")
        assert feature in named
        assert page_of(feature) is page


def test_what_egide_does_not_do_has_no_page() -> None:
    assert page_of(None) is None
    assert page_of("tests de biais") is None
