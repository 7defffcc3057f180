"""A generated number of a neighbouring country is found in every written form; one wrong digit is not."""

from __future__ import annotations

import datetime as dt
import random
import string
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from egide.detection.recogniser import Recogniser, discover
from egide.detection.recognisers import (
    be_bce,
    be_niss,
    ch_avs,
    ch_ide,
    de_handelsregister,
    de_steuer_id,
    de_steuernummer,
    de_vsnr,
    es_cif,
    es_dni,
    gb_company,
    gb_nhs,
    gb_nino,
    gb_utr,
    it_codice_fiscale,
    it_partita_iva,
    lu_matricule,
    lu_rcs,
    phone_english,
)
from egide.detection.recognisers._luhn import luhn
from egide.detection.view import View

NEIGHBOURS = [r for r in discover() if r.id.split("_")[0] in ("be", "ch", "lu", "de", "es", "it", "gb")]
ABROAD = [*NEIGHBOURS, phone_english.RECOGNISER]
DIGITS = st.sampled_from(string.digits)
AROUND = st.sampled_from([("", ""), ("le ", ", puis"), ("(", ")"), ("\n", "\n"), ('"', '"'), ("; ", " ;")])


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=size, max_size=size)


def letters(size: int, among: str = string.ascii_uppercase) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(among), min_size=size, max_size=size)


def dates(form: str) -> st.SearchStrategy[str]:
    return st.dates(dt.date(1900, 1, 1), dt.date(2059, 1, 1)).map(lambda day: day.strftime(form))


def spans(recogniser: Recogniser, text: str) -> list[str]:
    return list(dict.fromkeys(text[f.start : f.end] for f in recogniser.find(View(text))))


def completed(body: str, right: Callable[[str], bool], size: int = 1) -> str:
    """``body`` with the check digits that make it right; no example when there are none."""
    keys = (f"{key:0{size}}" for key in range(10**size))
    value = next((body + key for key in keys if right(body + key)), "")
    assume(value)
    return value


def changed(value: str, at: int, shift: int) -> str:
    """``value`` with another digit at ``at``."""
    return value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]


def written(form: str, value: str) -> str:
    """``value`` in the form of a mask, whose every ``#`` is a character of it."""
    characters = iter(value)
    return "".join(next(characters) if c == "#" else c for c in form)


@given(dates("%y%m%d"), st.sampled_from([0, 20, 40]), digits(3), st.booleans(), AROUND, st.data())
def test_niss(
    birth: str, bis: int, order: str, young: bool, around: tuple[str, str], data: st.DataObject
) -> None:
    body = f"{birth[:2]}{int(birth[2:4]) + bis:02}{birth[4:]}{order}"
    key = 97 - int(("2" if young else "") + body) % 97
    form = data.draw(
        st.sampled_from(
            ["##.##.##-###.##", "###########", "###### ### ##", "######-###-##", "## ## ## ### ##"]
        )
    )
    value = written(form, f"{body}{key:02}")
    assume(bis != 20 or form != "###########")
    assert spans(be_niss.RECOGNISER, f"{around[0]}{value}{around[1]}") == [value]


@given(dates("%y%m%d"), digits(3), st.integers(0, 10), st.integers(1, 9))
def test_niss_with_a_wrong_digit_needs_a_cue(birth: str, order: str, at: int, shift: int) -> None:
    value = changed(f"{birth}{order}{97 - int(birth + order) % 97:02}", at, shift)
    assume(not be_niss.right(value))
    assert spans(be_niss.RECOGNISER, value) == []
    assume(int(value[2:4]) <= 12 and value[4:6] <= "31")
    assert spans(be_niss.RECOGNISER, f"numéro national {value}") == [value]


@given(st.sampled_from("01"), digits(7), AROUND, st.integers(0, 9), st.integers(1, 9))
def test_bce(head: str, body: str, around: tuple[str, str], at: int, shift: int) -> None:
    value = completed(head + body, be_bce.right, 2)
    dotted = written("####.###.###", value)
    assert spans(be_bce.RECOGNISER, f"{around[0]}{dotted}{around[1]}") == [dotted]
    assert spans(be_bce.RECOGNISER, value) == []
    for form in (value, dotted, written("#### ### ###", value)):
        assert spans(be_bce.RECOGNISER, f"BCE : {form}") == [form]
    wrong = written("####.###.###", changed(value, at, shift))
    assert spans(be_bce.RECOGNISER, wrong) == []


@given(digits(9), AROUND, st.integers(3, 12), st.integers(1, 9))
def test_avs(body: str, around: tuple[str, str], at: int, shift: int) -> None:
    value = completed("756" + body, ch_avs.right)
    for form in ("###.####.####.##", "#############", "### #### #### ##"):
        shown = written(form, value)
        assert spans(ch_avs.RECOGNISER, f"{around[0]}{shown}{around[1]}") == [shown]
    wrong = changed(value, at, shift)
    assert spans(ch_avs.RECOGNISER, wrong) == []
    assert spans(ch_avs.RECOGNISER, f"AVS {wrong}") == [wrong]


@given(digits(8), AROUND, st.integers(0, 8), st.integers(1, 9))
def test_ide(body: str, around: tuple[str, str], at: int, shift: int) -> None:
    value = completed(body, ch_ide.right)
    for form in ("CHE-###.###.###", "CHE#########", "CHE ### ### ###", "CHE-###.###.### MWST"):
        shown = written(form, value)
        assert spans(ch_ide.RECOGNISER, f"{around[0]}{shown}{around[1]}") == [shown]
    wrong = written("CHE-###.###.###", changed(value, at, shift))
    assert spans(ch_ide.RECOGNISER, wrong) == []
    assert spans(ch_ide.RECOGNISER, f"IDE {wrong}") == [wrong]


@given(dates("%Y%m%d"), digits(3), AROUND, st.integers(8, 12), st.integers(1, 9))
def test_matricule(birth: str, order: str, around: tuple[str, str], at: int, shift: int) -> None:
    value = completed(birth + order, lu_matricule.right, 2)
    for form in ("#############", "#### ## ## ### ##", "#### #### #####"):
        shown = written(form, value)
        assert spans(lu_matricule.RECOGNISER, f"{around[0]}{shown}{around[1]}") == [shown]
    wrong = changed(value, at, shift)
    assert spans(lu_matricule.RECOGNISER, wrong) == []
    assert spans(lu_matricule.RECOGNISER, f"matricule {wrong}") == [wrong]


@given(letters(1, "ABCDEFGHIJK"), st.integers(1000, 999_999))
def test_rcs_of_luxembourg(section: str, number: int) -> None:
    assert spans(lu_rcs.RECOGNISER, f"RCS Luxembourg {section} {number}") == [f"{section} {number}"]
    assert spans(lu_rcs.RECOGNISER, f"Luxembourg {section} {number}") == []


@given(
    st.permutations(string.digits),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 10),
    st.integers(1, 9),
)
def test_steuer_id(order: list[str], place: int, twice: int, at: int, shift: int) -> None:
    order[place] = order[twice]
    assume(place != twice and order[0] != "0")
    value = completed("".join(order), de_steuer_id.right)
    grouped = written("## ### ### ###", value)
    assert spans(de_steuer_id.RECOGNISER, f"sur {grouped}, merci") == [grouped]
    assert spans(de_steuer_id.RECOGNISER, value) == []
    assert spans(de_steuer_id.RECOGNISER, f"Steuer-ID: {value}") == [value]
    wrong = changed(value, at, shift)
    assume(not de_steuer_id.right(wrong))
    assert spans(de_steuer_id.RECOGNISER, written("## ### ### ###", wrong)) == []


@given(digits(11), st.sampled_from(["##/###/#####", "###/###/#####", "###/####/####", "## ### #####"]))
def test_steuernummer_by_its_name(body: str, form: str) -> None:
    shown = written(form, body)
    assert spans(de_steuernummer.RECOGNISER, f"Steuernummer: {shown}") == [shown]
    assert spans(de_steuernummer.RECOGNISER, shown) == []


@given(digits(2), dates("%d%m%y"), letters(1), digits(2), AROUND, st.integers(1, 9))
def test_vsnr(area: str, birth: str, name: str, serial: str, around: tuple[str, str], shift: int) -> None:
    value = completed(f"{area}{birth}{name}{serial}", lambda v: de_vsnr.right(v.lower()))
    for form in ("############", "## ###### # ###", "######## # ###"):
        shown = written(form, value)
        assert spans(de_vsnr.RECOGNISER, f"{around[0]}{shown}{around[1]}") == [shown]
    wrong = changed(value, 11, shift)
    assert spans(de_vsnr.RECOGNISER, wrong) == []
    assert spans(de_vsnr.RECOGNISER, f"Versicherungsnummer {wrong}") == [wrong]


@given(st.sampled_from(["HRB", "HRA"]), st.integers(10, 299_999), st.sampled_from(["", " B", " KI"]))
def test_handelsregister(section: str, number: int, court: str) -> None:
    shown = f"{section} {number}{court}"
    assert spans(de_handelsregister.RECOGNISER, f"Amtsgericht, {shown}.") == [shown]


@given(digits(8), AROUND, st.integers(1, 22))
def test_dni(body: str, around: tuple[str, str], shift: int) -> None:
    kinds = "TRWAGMYFPDXBNJZSQVHLCKE"
    letter, other = kinds[int(body) % 23], kinds[(int(body) + shift) % 23]
    dotted = written("##.###.###-#", body + letter)
    assert spans(es_dni.RECOGNISER, f"{around[0]}{dotted}{around[1]}") == [dotted]
    assert spans(es_dni.RECOGNISER, body + letter) == []
    for form in ("#########", "########-#", "######## #"):
        shown = written(form, body + letter)
        assert spans(es_dni.RECOGNISER, f"DNI {shown}") == [shown]
    assert spans(es_dni.RECOGNISER, written("##.###.###-#", body + other)) == []
    assert spans(es_dni.RECOGNISER, f"DNI {body}{other}") == [body + other]


@given(st.sampled_from("XYZ"), digits(7), AROUND, st.integers(0, 6), st.integers(1, 9))
def test_nie(head: str, body: str, around: tuple[str, str], at: int, shift: int) -> None:
    letter = "TRWAGMYFPDXBNJZSQVHLCKE"[int(str("XYZ".index(head)) + body) % 23]
    for form in ("#########", "#-#######-#", "#-#.###.###-#"):
        shown = written(form, head + body + letter)
        assert spans(es_dni.RECOGNISER, f"{around[0]}{shown}{around[1]}") == [shown]
    assert spans(es_dni.RECOGNISER, head + changed(body, at, shift) + letter) == []


@given(letters(1, "ABCDEFGHJNPQRSUVW"), digits(7), st.booleans())
def test_cif_by_its_name(kind: str, body: str, lettered: bool) -> None:
    value = kind + completed(body, luhn)
    value = value[:-1] + "JABCDEFGHI"[int(value[-1])] if lettered else value
    for form in ("#########", "#-########", "#-#######-#"):
        shown = written(form, value)
        assert spans(es_cif.RECOGNISER, f"CIF {shown}") == [shown]
        assert spans(es_cif.RECOGNISER, shown) == []


@st.composite
def fiscal_codes(draw: st.DrawFn) -> str:
    day = draw(st.integers(1, 31)) + draw(st.sampled_from([0, 40]))
    place = draw(letters(1)) + draw(digits(3))
    month = draw(letters(1, "ABCDEHLMPRST"))
    return f"{draw(letters(6))}{draw(digits(2))}{month}{day:02}{place}"


def with_check_letter(code: str) -> str:
    return next(code + c for c in string.ascii_uppercase if it_codice_fiscale.right((code + c).lower()))


@given(fiscal_codes(), AROUND, st.sets(st.sampled_from([9, 10, 12, 13, 14])))
def test_codice_fiscale(code: str, around: tuple[str, str], places: set[int]) -> None:
    omocodic = "".join("LMNPQRSTUV"[int(c)] if i in places else c for i, c in enumerate(code))
    value = with_check_letter(omocodic)
    for form in ("################", "### ### ##### #####"):
        shown = written(form, value)
        assert spans(it_codice_fiscale.RECOGNISER, f"{around[0]}{shown}{around[1]}") == [shown]


@given(fiscal_codes(), st.sets(st.sampled_from([6, 7, 9, 10, 12, 13, 14]), max_size=6))
def test_codice_fiscale_of_any_omocodia_is_found_by_its_name(code: str, places: set[int]) -> None:
    value = with_check_letter("".join("LMNPQRSTUV"[int(c)] if i in places else c for i, c in enumerate(code)))
    assert spans(it_codice_fiscale.RECOGNISER, f"codice fiscale {value}") == [value]


@given(fiscal_codes(), st.sampled_from([6, 7, 12, 13, 14]), st.integers(1, 9))
def test_codice_fiscale_with_a_wrong_digit_needs_a_cue(code: str, at: int, shift: int) -> None:
    value = changed(with_check_letter(code), at, shift)
    assert spans(it_codice_fiscale.RECOGNISER, value) == []
    assert spans(it_codice_fiscale.RECOGNISER, f"codice fiscale {value}") == [value]


@given(digits(10))
def test_partita_iva_by_its_name(body: str) -> None:
    value = completed(body, luhn)
    assert spans(it_partita_iva.RECOGNISER, f"partita IVA {value}") == [value]
    assert spans(it_partita_iva.RECOGNISER, value) == []


@given(letters(1, "ABCEGHJKLMNOPRSTWXYZ"), letters(1, "ABCEGHJKLMNPRSTWXYZ"), digits(6), letters(1, "ABCD"))
def test_nino(first: str, second: str, body: str, last: str) -> None:
    refused = first + second in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
    value = first + second + body + last
    pairs = written("## ## ## ## #", value)
    assert spans(gb_nino.RECOGNISER, f"Jones, {pairs}, London") == ([] if refused else [pairs])
    assert spans(gb_nino.RECOGNISER, f"NINO {value}") == ([] if refused else [value])
    assert spans(gb_nino.RECOGNISER, f"Jones, {pairs}") == []
    assert spans(gb_nino.RECOGNISER, f"the {value}") == []


@given(digits(9), st.integers(0, 9), st.integers(1, 9))
def test_nhs_number_by_its_name(body: str, at: int, shift: int) -> None:
    value = completed(body, gb_nhs.right)
    for form in ("##########", "### ### ####", "###-###-####"):
        shown = written(form, value)
        assert spans(gb_nhs.RECOGNISER, f"NHS number {shown}") == [shown]
        assert spans(gb_nhs.RECOGNISER, shown) == []
    away = "NHS trust, as agreed with the ward last week by the doctor. Patient "
    assert spans(gb_nhs.RECOGNISER, away + written("### ### ####", changed(value, at, shift))) == []


@given(digits(9))
def test_utr_by_its_name(body: str) -> None:
    value = next(d + body for d in string.digits if gb_utr.right(d + body))
    for form in ("##########", "##### #####"):
        shown = written(form, value)
        assert spans(gb_utr.RECOGNISER, f"UTR {shown}") == [shown]
        assert spans(gb_utr.RECOGNISER, shown) == []


@given(st.sampled_from(["SC", "NI", "OC", "R0", ""]), digits(6))
def test_company_number_by_its_name(head: str, body: str) -> None:
    value = (head or "01") + body
    assert spans(gb_company.RECOGNISER, f"Company number: {value}") == [value]
    assert spans(gb_company.RECOGNISER, value) == []


# What is written in business texts and looks like an identifier; sizes are those of the identifiers.
def _ean(rng: random.Random) -> str:
    body = f"{rng.choice([2, 3, 4, 5, 7])}{rng.randrange(10**11):011}"
    total = sum(int(c) * (1, 3)[i % 2] for i, c in enumerate(body))
    return body + str(-total % 10)


def _dated(rng: random.Random) -> str:
    day = f"20{rng.randrange(30):02}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    tails = [
        "",
        f"-{rng.choice('ABCDEF')}",
        rng.choice("ABCDEF"),
        f"{rng.randrange(1000):03}",
        f" {rng.randrange(10**4):04}",
    ]
    return day + rng.choice(tails)


def _phone_like(rng: random.Random) -> str:
    pairs = [f"{rng.randrange(100):02}" for _ in range(4)]
    return rng.choice([" ", ".", ""]).join([f"0{rng.randrange(1, 10)}", *pairs])


def _amount(rng: random.Random) -> str:
    whole = f"{rng.randrange(10 ** rng.randrange(4, 12)):,}".replace(",", rng.choice([" ", "\u202f", "."]))
    return whole + rng.choice(["", ",00", ",50 €", " €", " EUR"])


def _order(rng: random.Random) -> str:
    head = "".join(rng.choices(string.ascii_uppercase, k=rng.randrange(3)))
    tail = "".join(rng.choices(string.ascii_uppercase, k=rng.randrange(2)))
    body = f"{rng.randrange(10 ** (size := rng.randrange(6, 14))):0{size}}"
    return head + rng.choice(["", "-", " "])[: bool(head)] + body + tail


def _grouped(rng: random.Random) -> str:
    sizes = rng.choice([(3, 3, 4), (4, 3, 3), (2, 3, 3, 3), (4, 4, 4), (3, 4, 4, 2), (2, 6, 3), (6, 3, 2)])
    # Three, three and four with hyphens are the form of a North American telephone number.
    marks = [" ", "/"] if sizes == (3, 3, 4) else [" ", "-", "/"]
    return rng.choice(marks).join(f"{rng.randrange(10**size):0{size}}" for size in sizes)


@pytest.mark.parametrize("kind", [_ean, _dated, _phone_like, _amount, _order, _grouped])
@pytest.mark.parametrize("frame", ["{}", "commande {} du 12 mars", "nos réf. : {}, merci"])
def test_lookalike_numbers_are_left_alone(kind: Callable[[random.Random], str], frame: str) -> None:
    rng = random.Random(f"{kind.__name__} {frame}")
    numbers = [kind(rng) for _ in range(1000)]
    views = [View(frame.format(number)) for number in numbers]
    touched = [n for n, view in zip(numbers, views, strict=True) if any([*r.find(view)] for r in ABROAD)]
    assert len(touched) <= 10, touched
