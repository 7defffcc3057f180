from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
from django.utils import timezone, translation

from egide.workspace.accounts.models import User
from egide.workspace.training import certificates, evidence, following
from egide.workspace.training.codes import written
from egide.workspace.training.models import Attempt, Certificate

People = Callable[..., User]
Take = Callable[..., Attempt]
HOSTILE = '#panic("x") *Zoé* $x$ <b>_ @a </b> \\u{202e} #{sys.inputs}'


def _text(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    assert document.is_tagged()
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_certificate_says_who_what_when_and_how_to_check_it(person: People, take: Take) -> None:
    zoe = person(name="Zoé Lefèvre")
    take(zoe, "m2", missing=1)
    kept = Certificate.objects.get()
    made = certificates.printed(kept, zoe)
    text = _text(made)
    assert b"pdfaid:conformance>A<" in made
    for said in ("Zoé Lefèvre", "Protéger la confidentialité", written(kept.code), kept.version):
        assert said in text
    assert "85" not in text, "no score"
    assert certificates.printed(kept, zoe) == made
    with translation.override("en"):
        assert certificates.printed(kept, zoe) == made, "a certificate is in French"


def test_a_hostile_name_stays_text(person: People, take: Take) -> None:
    zoe = person(name=HOSTILE)
    take(zoe, "m1")
    text = " ".join(_text(certificates.printed(Certificate.objects.get(), zoe)).split())
    assert '#panic("x") *Zoé* $x$ <b>_ @a </b>' in text


@pytest.mark.parametrize("name", ["李雷", "محمد", "Zoé 😀", "\x07", "\ue000"])
def test_a_name_that_the_fonts_cannot_show_is_replaced_by_the_address(
    name: str, person: People, take: Take
) -> None:
    zoe = person(name=name)
    take(zoe, "m1")
    assert zoe.email in _text(certificates.printed(Certificate.objects.get(), zoe))
    assert zoe.email in _text(evidence.printed(following.everybody(), timezone.now()))


@pytest.mark.parametrize("typed", ["", "x", "0" * 26, "%", "' OR 1=1 --"])
def test_a_code_that_was_not_given_is_no_certificate(typed: str, person: People, take: Take) -> None:
    take(person(), "m1")
    assert certificates.check(typed) is None
