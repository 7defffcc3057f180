from __future__ import annotations

import base64

import pytest
from tests.documents.files import docx, eml, xlsx
from tests.documents.formats.reading import read, refusal

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_headers_text_and_attachments_to_any_depth() -> None:
    inner = eml("Dedans", ("a.xlsx", _SHEET, xlsx(["Talbourdet"])), subject="Contrat Garrigou")
    message = eml(
        "Bonjour,",
        ("note.txt", "text/plain", b"Note de Solenne"),
        ("mail.eml", "application/octet-stream", inner),
    )
    text = read(message).text
    for said in (
        "De : a@exemple.org",
        "Objet : Essai",
        "Bonjour,",
        "Note de Solenne",
        "Contrat Garrigou",
        "Talbourdet",
    ):
        assert said in text


def test_a_mail_forwarded_as_a_mail() -> None:
    head = "From: a@exemple.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    body = f"--b\nContent-Type: message/rfc822\n\n{eml('Talbourdet').decode()}\n--b--\n"
    assert "Talbourdet" in read((head + body).encode()).text


def test_the_plain_text_of_alternatives_or_the_page_when_it_is_alone() -> None:
    assert "Brut" in read(eml("Brut", html="<p>Page</p>")).text
    head = "From: a@exemple.org\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    assert "Garrigou" in read(f"{head}<p>Gar<b>rigou</b></p>".encode()).text


def test_base64_and_encoded_words_are_read() -> None:
    said = base64.b64encode(b"Rendez-vous chez Garrigou").decode()
    head = "From: a@exemple.org\nMIME-Version: 1.0\nSubject: =?utf-8?b?VGFsYm91cmRldA==?=\n"
    text = read(f"{head}Content-Transfer-Encoding: base64\n\n{said}\n".encode(), "text/plain").text
    assert "Talbourdet" in text
    assert "chez Garrigou" in text


@pytest.mark.parametrize(
    ("attached", "reason"),
    [
        (("a.bin", "application/octet-stream", b"\x00\x01"), "unknown"),
        (("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22\x00"), "unknown"),
        (("smime.p7m", "application/pkcs7-mime", b"\x30\x80"), "encrypted"),
        (("a.pdf", "application/pdf", docx("x")), "mismatch"),
    ],
)
def test_an_attachment_that_is_not_read_refuses_the_mail(
    attached: tuple[str, str, bytes], reason: str
) -> None:
    assert refusal(eml("Bonjour", attached)) == reason


def test_parts_in_parts_end_somewhere() -> None:
    mail = "Content-Type: text/plain\n\nfond\n"
    for level in range(60):
        mail = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{mail}\n--b{level}--\n"
    assert refusal(f"From: a@exemple.org\nMIME-Version: 1.0\n{mail}".encode()) == "depth"
