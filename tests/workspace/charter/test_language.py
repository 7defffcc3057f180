"""On an English page, the charter itself stays in French: what the company publishes and people sign."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pypdfium2
import pytest
from django.test import Client
from django.utils import translation
from tests.workspace.charter.conftest import VALUES, Publish

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts, rules
from egide.workspace.charter.models import Signature
from egide.workspace.charter.printed import certificate_pdf
from egide.workspace.charter.word import charter_docx


@pytest.fixture
def english(browser: Callable[..., Client]) -> Callable[..., Client]:
    """A browser of this role that reads English."""

    def make(role: Role) -> Client:
        client = browser(role)
        client.cookies["egide-language"] = "en"
        return client

    return make


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def words(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_what_is_published_is_the_same_in_both_languages(publish: Publish) -> None:
    publish()
    french = drafts.preview()
    with translation.override("en"):
        assert drafts.preview() == french
    assert "1er décembre 2026" in str(french["articles"])


def test_the_files_are_in_french(
    publish: Publish, sign: Callable[..., Signature], person: Callable[..., User]
) -> None:
    french, signature = publish(), sign(person())
    plain = words(certificate_pdf(signature, "https://egide.example/")), charter_docx(french.content)
    with translation.override("en"):
        assert words(certificate_pdf(signature, "https://egide.example/")) == plain[0]
        assert "1er décembre 2026" in words(bytes(publish(relecteurs="Zoé").pdf))
    assert "celle que le serveur a vue" in plain[0]


def test_a_person_signs_the_french_text_from_an_english_page(
    publish: Publish, english: Callable[..., Client]
) -> None:
    version, client = publish(), english(Role.COLLABORATOR)
    page = text(client, "/charte/")
    assert "Sign the charter" in page
    assert "is in French: this is what everybody signs" in page
    assert 'for="agreed" lang="fr"' in page
    told = {"version": "1", "digest": version.digest, "name": "Julie Martin", "agreed": "on"}
    assert "Charter signed" in unescape(client.post("/charte/signer/", told, follow=True).content.decode())
    consent = Signature.objects.get().consent
    assert "Julie Martin" in consent
    assert not any(month in consent for month in ("November", "December", "January"))


def test_pilots_read_in_english_what_is_missing_and_what_differs(english: Callable[..., Client]) -> None:
    pilot = english(Role.PILOT)
    page = text(pilot, "/charte/redaction/")
    assert "items are missing before you can publish" in page
    assert "To fill in: management." in page
    assert "Is AI used to recruit, assess, assign or manage staff?" in page
    assert 'lang="fr"' in page
    given = {f"var_{name}": said for name, said in VALUES.items()}
    told = {"revision": str(drafts.draft().revision), **given}
    assert "Draft saved." in unescape(pilot.post("/charte/redaction/", told, follow=True).content.decode())


def test_where_charter_and_policy_differ_is_told_in_the_language_of_the_page() -> None:
    now = rules.in_force()
    table = now["tables"][0]
    before = {**now, "tables": [{**table, "sentences": ["Autre chose."]}]}
    assert table["usage"] == rules.EVERY
    (french,) = rules.differences(before, now)
    with translation.override("en"):
        assert rules.in_force() == now
        (english,) = rules.differences(before, now)
    assert french.where.endswith(", tous les usages")
    assert english.where.endswith(", all uses")
    assert english.policy == french.policy == tuple(table["sentences"])
