"""The three forms of a charter that people see, and hostile text in them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn
from tests.workspace.charter.conftest import Publish

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts
from egide.workspace.charter.content import problems
from egide.workspace.charter.models import Signature
from egide.workspace.charter.printed import certificate_pdf
from egide.workspace.charter.proposals import proposals
from egide.workspace.charter.word import charter_docx
from egide.workspace.charter.words import cleaned

HOSTILE = (
    "#panic(1) *gras* $x$ ](javascript:1) <script>alert(1)</script> {% now %} {{ x }} {{entreprise}} "
    "=cmd|'/c calc'!A0 \\u{202e} #read(\"/etc/passwd\") <w:br/> &amp; %s"
)


def _words(pdf: bytes) -> str:
    found = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in found)
    return "".join(text.split())


def test_hostile_text_stays_text_everywhere(publish: Publish, browser: Callable[..., Client]) -> None:
    said = cleaned(HOSTILE)
    version = publish(relecteurs=said, entreprise=said)
    page = browser(Role.COLLABORATOR).get("/charte/").content.decode()
    assert "<script>alert" not in page
    assert escape(said) in page
    pdf = bytes(version.pdf)
    for piece in ("#panic(1)", "*gras*", "$x$", "<script>alert(1)</script>", '#read("/etc/passwd")', "&amp;"):
        assert piece in _words(pdf)
    file = Document(BytesIO(charter_docx(version.content)))
    assert any(said in one.text for one in file.paragraphs)
    assert not file.element.body.findall(f".//{qn('w:br')}")


def test_control_characters_and_turning_letters_do_not_pass() -> None:
    assert cleaned("a\x00b\x0bc\ud800\u202ed\n\n e") == "a b cd e"


@pytest.mark.parametrize("letter", ["🦀", "中", "ﷺ"])
def test_a_letter_that_cannot_be_printed_is_told_before(letter: str, publish: Publish) -> None:
    with pytest.raises(WorkspaceError, match="EG-6414"):
        publish(relecteurs=f"Zoé {letter}")
    (found,) = problems(drafts.draft(), proposals())
    assert found.field == "var_relecteurs"


@pytest.mark.parametrize("letter", ["ł", "Ω", "ж", "→", "ﬁ", "’", "ß", "Œ"])
def test_the_letters_of_europe_are_printed(letter: str, publish: Publish) -> None:
    assert publish(relecteurs=f"Zoé {letter}").intact


def test_a_name_that_cannot_be_printed_has_its_certificate(
    publish: Publish, person: Callable[..., User], sign: Callable[..., Signature]
) -> None:
    publish()
    kept = sign(person(), name="Zoé 李 🦀")
    assert kept.name == "Zoé 李 🦀"
    assert "Zoé??" in _words(certificate_pdf(kept, "https://ia.example/"))


def test_the_pdf_is_archivable_accessible_and_complete(publish: Publish) -> None:
    version = publish()
    pdf = bytes(version.pdf)
    assert b"pdfaid:part>2<" in pdf
    assert b"pdfuaid:part>1<" in pdf
    document = pypdfium2.PdfDocument(pdf)
    assert document.is_tagged()
    assert [one.get_title() for one in document.get_toc()][:2] == [
        "Article 1. Objet et portée",
        "Article 2. Principes",
    ]
    text = _words(pdf)
    for said in ("Sommaire", "Pourladirection", "AnneKervella,gérante", "Obligatoire.Articles"):
        assert said in text
    for article in version.content["articles"]:
        for block in article["blocks"]:
            first = block.get("text", "") or block["items"][0]
            assert "".join(first.split())[:12] in text


def test_the_word_file_has_headings_a_language_and_page_numbers(publish: Publish) -> None:
    version = publish()
    file = Document(BytesIO(charter_docx(version.content)))
    headings = [one.text for one in file.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[0] == "Article 1. Objet et portée"
    assert headings[-3:] == ["Annexe 1. Ce que le filtre fait des données", "Annexe 2. Sources", "Signatures"]
    assert file.core_properties.language == "fr-FR"
    assert file.core_properties.title == version.content["title"]
    languages = {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    footer = file.sections[0].footer._element
    assert [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_certificate_says_what_proves(
    publish: Publish, person: Callable[..., User], sign: Callable[..., Signature]
) -> None:
    version = publish()
    kept = sign(person(), name="Zoé <b>#x</b>")
    text = _words(certificate_pdf(kept, f"https://ia.example/charte/verifier/{kept.code}/"))
    for said in (kept.code, version.digest, "Zoé<b>#x</b>", "verifier/"):
        assert said in text


def test_what_a_service_calls_its_models_never_breaks_the_word_file(publish: Publish) -> None:
    content = publish().content
    content["rules"]["services"][0]["models"] = ["petit\x0b\x00", "\ud800grand"]
    file = Document(BytesIO(charter_docx(content)))
    assert any("petit" in one.text and "grand" in one.text for one in file.paragraphs)
