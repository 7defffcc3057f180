from __future__ import annotations

from tests.documents.formats.reading import read


def test_text_tables_and_what_stands_for_pictures() -> None:
    page = (
        "<!doctype html><html><head><title>Titre</title><style>p{}</style>"
        "<script>var a='Cachée'</script></head>"
        "<body><p>Ga<b>rri</b>gou &amp; fils</p><table><tr><th>Nom<th>Ville<tr><td>A<br>B<td>Rezé</table>"
        '<img alt="Portrait de Solenne"><input value="Talbourdet"><div>Fin'
    )
    reading = read(page.encode())
    assert reading.unread == ("1 image",)
    assert reading.text.splitlines()[:4] == ["Titre", "Garrigou & fils", "| Nom | Ville |", "| A B | Rezé |"]
    assert "Portrait de Solenne" in reading.text
    assert "Talbourdet" in reading.text
    assert reading.text.endswith("Fin")
    assert "Cachée" not in reading.text


def test_unclosed_and_foreign_tags_lose_nothing() -> None:
    text = read(b"<html><tr>un<td>deux</script>trois<tr></td></tr>quatre<x>cinq").text
    assert [word for word in ("un", "deux", "trois", "quatre", "cinq") if word not in text] == []
