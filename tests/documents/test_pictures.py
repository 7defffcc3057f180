from __future__ import annotations

import io

from PIL import Image

from egide.documents import Limits
from egide.documents.ocr.tesseract import lines_of

_HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def test_a_box_is_covered_whole_whatever_the_text_put_there() -> None:
    from egide.documents.pictures import painted

    box = (100, 50, 400, 90)
    for text in ("", "[PERSONNE_7K4Q2M]", "x" * 300):
        sheet = Image.new("RGB", (500, 200), "red")
        made = Image.open(io.BytesIO(painted(sheet, [(box, text)], "png")))
        assert all(colour != (255, 0, 0) for _, colour in made.crop(box).getcolors(10_000))


def test_what_transparency_hides_is_read_as_it_is_shown() -> None:
    from egide.documents.pictures import opened

    clear = Image.new("RGBA", (10, 10), (200, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    assert opened(written.getvalue(), Limits()).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_picture_is_reduced_to_what_is_read() -> None:
    from egide.documents.pictures import opened

    written = io.BytesIO()
    Image.new("L", (5000, 100)).save(written, "JPEG")
    assert opened(written.getvalue(), Limits(side=2000)).size == (2000, 40)


def test_words_of_tesseract_become_lines() -> None:
    table = (
        f"{_HEAD}1\t1\t0\t0\t0\t0\t0\t0\t99\t99\t-1\t\n"
        "5\t1\t1\t1\t1\t1\t10\t20\t30\t10\t96.5\tMme\n5\t1\t1\t1\t1\t2\t50\t18\t80\t14\t91\tGarrigou\n"
        "5\t1\t1\t1\t2\t1\t10\t60\t30\t10\t12\tflou\n"
    )
    first, second = lines_of(table)
    assert (first.text, first.box, first.sure) == ("Mme Garrigou", (10, 18, 130, 32), True)
    assert second.sure is False
