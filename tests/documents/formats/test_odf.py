from __future__ import annotations

from tests.documents.files import odt, package
from tests.documents.formats.reading import read, refusal

_ROW = (
    "<table:table><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell>"
    "<table:table-cell><text:p>Ga<text:span>rri</text:span>gou</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)


def test_body_tables_and_headers() -> None:
    text = read(odt("Premier", _ROW, "Entête")).text
    assert text.splitlines()[:2] == ["Premier", "| Nom | Garrigou |"]
    assert "En-têtes et pieds de page :\nEntête" in text


def test_spaces_and_tabs_part_words() -> None:
    assert "un deux trois" in read(odt("x", "<text:p>un<text:s/>deux<text:tab/>trois</text:p>")).text


def test_the_number_of_a_note_is_not_glued_to_a_name() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:p>Voir Kervadec</text:p></text:note>"
    text = read(odt("x", f"<text:p>Mme Solenne {note}Garrigou</text:p>")).text
    assert text.splitlines() == ["x", "Voir Kervadec", "Mme Solenne Garrigou"]


def test_what_tracked_changes_removed_is_read_whole() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<text:p>gou</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Signé Garri<text:change text:change-id="c1"/></text:p>'
    )
    text = read(odt("x", changes)).text
    assert "Signé Garri\n" in text
    assert "Texte avant les modifications suivies :\nSigné Garrigou" in text


def test_other_kinds_and_macros() -> None:
    assert read(odt("a", kind="spreadsheet")).kind == "ods"
    assert read(odt("a", kind="presentation")).kind == "odp"


def test_an_encrypted_file_is_refused() -> None:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\x8f\x12",
        "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
    }
    assert refusal(package(parts)) == "encrypted"
