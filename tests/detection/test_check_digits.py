from __future__ import annotations

import string

from hypothesis import assume, given
from hypothesis import strategies as st

from egide.detection.recogniser import Recogniser, discover
from egide.detection.recognisers import (
    card,
    contract_ref,
    iban,
    nir,
    rib,
    rpps,
    siren,
    siret,
    tax_number,
    tva,
)
from egide.detection.recognisers._iban_lengths import LENGTHS
from egide.detection.recognisers._luhn import luhn
from egide.detection.view import View

DIGITS = st.sampled_from("0123456789")
SEPARATORS = st.sampled_from(["", " ", "\u00a0", "\u202f", ".", "-"])
AROUND = st.sampled_from([("", ""), ("le ", ", puis"), ("(", ")"), ("\n", "\n"), ('"', '"'), ("; ", " ;")])


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=size, max_size=size)


def with_luhn(body: str) -> str:
    return next(body + d for d in string.digits if luhn(body + d))


def grouped(value: str, sizes: tuple[int, ...], separator: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return separator.join(part for part in parts if part)


def spans(recogniser: Recogniser, text: str) -> list[str]:
    return list(dict.fromkeys(text[f.start : f.end] for f in recogniser.find(View(text))))


@st.composite
def nirs(draw: st.DrawFn) -> str:
    sex, month = draw(st.sampled_from("123478")), draw(st.integers(1, 12))
    department = draw(st.sampled_from(["01", "33", "75", "97", "99", "2A", "2B"]))
    body = f"{sex}{draw(digits(2))}{month:02}{department}{draw(digits(6))}"
    return f"{body}{nir.key(body.lower()):02}"


@given(nirs(), SEPARATORS, AROUND)
def test_nir_is_found_in_any_spacing(value: str, separator: str, around: tuple[str, str]) -> None:
    written = grouped(value, (1, 2, 2, 2, 3, 3, 2), separator)
    assert spans(nir.RECOGNISER, f"{around[0]}{written}{around[1]}") == [written]


@given(nirs(), st.integers(0, 1), st.integers(1, 9))
def test_nir_with_a_broken_key_needs_a_cue(value: str, place: int, shift: int) -> None:
    at = len(value) - 2 + place
    broken = value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]
    assert spans(nir.RECOGNISER, broken) == []
    assert spans(nir.RECOGNISER, f"n° de sécurité sociale {broken}") == [broken]


@given(digits(8), SEPARATORS)
def test_siren_is_found_behind_its_name(body: str, separator: str) -> None:
    written = grouped(with_luhn(body), (3, 3, 3), separator)
    assert spans(siren.RECOGNISER, f"SIREN : {written}") == [written]


@given(digits(8), st.integers(1, 9), st.integers(0, 8))
def test_siren_with_a_broken_key_is_refused_without_its_name(body: str, shift: int, at: int) -> None:
    value = with_luhn(body)
    broken = value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]
    assert spans(siren.RECOGNISER, grouped(broken, (3, 3, 3), " ")) == []


@given(digits(8), digits(4), SEPARATORS, AROUND)
def test_siret_is_found_in_any_spacing(body: str, nic: str, separator: str, around: tuple[str, str]) -> None:
    value = with_luhn(with_luhn(body) + nic)
    assume(value[:9] != "000000000")
    written = grouped(value, (3, 3, 3, 5), separator)
    assert spans(siret.RECOGNISER, f"{around[0]}{written}{around[1]}") == [written]


@given(digits(8), digits(4), st.integers(1, 9), st.integers(0, 13))
def test_siret_with_a_broken_key_is_refused(body: str, nic: str, shift: int, at: int) -> None:
    value = with_luhn(with_luhn(body) + nic)
    assume(not value.startswith("356000000"))
    broken = value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]
    assume(not broken.startswith("356000000"))
    assert spans(siret.RECOGNISER, broken) == []


@given(digits(4))
def test_siret_of_la_poste_follows_its_own_rule(nic: str) -> None:
    head = "356000000" + nic
    value = next(head + d for d in string.digits if sum(map(int, head + d)) % 5 == 0)
    assert spans(siret.RECOGNISER, value) == [value]


@given(digits(8), st.sampled_from(["FR", "fr", "FR "]), SEPARATORS, AROUND)
def test_french_vat_is_found(body: str, head: str, separator: str, around: tuple[str, str]) -> None:
    number = with_luhn(body)
    written = f"{head}{tva.french_key(number):02}{separator}{grouped(number, (3, 3, 3), separator)}"
    assert spans(tva.RECOGNISER, f"{around[0]}{written}{around[1]}") == [written]


@given(digits(8), st.integers(1, 96))
def test_french_vat_with_a_broken_key_is_refused(body: str, shift: int) -> None:
    number = with_luhn(body)
    key = (tva.french_key(number) + shift) % 97
    assert spans(tva.RECOGNISER, f"FR{key:02}{number}") == []


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from(sorted(LENGTHS)))
    body = draw(digits(LENGTHS[country] - 4))
    key = 98 - iban.mod97(f"{country}00{body}")
    return f"{country.upper()}{key:02}{body}"


@given(ibans(), SEPARATORS, st.booleans())
def test_iban_of_every_country_is_found(value: str, separator: str, lower: bool) -> None:
    written = separator.join(value[i : i + 4] for i in range(0, len(value), 4))
    written = written.lower() if lower else written
    assert spans(iban.RECOGNISER, f"sur {written}, merci") == [written]


@given(ibans(), st.integers(4, 14), st.integers(1, 9))
def test_iban_with_a_broken_digit_is_refused_without_a_cue(value: str, at: int, shift: int) -> None:
    broken = value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]
    assert spans(iban.RECOGNISER, f"sur {broken}, merci") == []


@given(digits(5), digits(5), st.text("0123456789ABCKSZ", min_size=11, max_size=11), SEPARATORS)
def test_rib_is_found_by_its_key(bank: str, branch: str, account: str, separator: str) -> None:
    key = next(f"{k:02}" for k in range(1, 98) if rib.right(bank, branch, account.lower(), f"{k:02}"))
    written = separator.join([bank, branch, account, key])
    assert written in spans(rib.RECOGNISER, f"({written})")
    broken = separator.join([bank, branch, account, f"{(int(key) + 1) % 97:02}"])
    assert spans(rib.RECOGNISER, f"({broken})") == []


@given(st.sampled_from(["4", "51", "55", "2221", "2720"]), digits(16), SEPARATORS, AROUND)
def test_card_is_found_by_range_and_key(
    head: str, tail: str, separator: str, around: tuple[str, str]
) -> None:
    value = with_luhn((head + tail)[:15])
    assume(len(set(value)) > 2)
    written = grouped(value, (4, 4, 4, 4), separator)
    assert spans(card.RECOGNISER, f"{around[0]}{written}{around[1]}") == [written]


@given(st.sampled_from(["4", "51", "55"]), digits(16), st.integers(1, 9), st.integers(5, 15))
def test_card_with_a_broken_digit_is_refused_without_a_cue(head: str, tail: str, shift: int, at: int) -> None:
    value = with_luhn((head + tail)[:15])
    broken = value[:at] + str((int(value[at]) + shift) % 10) + value[at + 1 :]
    assert spans(card.RECOGNISER, grouped(broken, (4, 4, 4, 4), " ")) == []


@given(digits(8))
def test_rpps_is_known_by_its_key_beside_a_doctor(body: str) -> None:
    value = with_luhn("10" + body)
    assert spans(rpps.RECOGNISER, f"docteur, {value}") == [value]
    broken = value[:-1] + str((int(value[-1]) + 1) % 10)
    assert spans(rpps.RECOGNISER, f"docteur, {broken}") == []


@given(st.sampled_from("0123"), digits(9))
def test_tax_number_is_known_by_its_key(head: str, body: str) -> None:
    value = f"{head}{body}{int(head + body) % 511:03}"
    written = grouped(value, (2, 2, 3, 3, 3), " ")
    assert spans(tax_number.RECOGNISER, written) == [written]
    broken = f"{head}{body}{(int(head + body) + 1) % 511:03}"
    assert spans(tax_number.RECOGNISER, grouped(broken, (2, 2, 3, 3, 3), " ")) == []


@given(st.text(string.ascii_uppercase, min_size=3, max_size=3), digits(6))
def test_container_is_known_by_its_key(owner: str, serial: str) -> None:
    code = f"{owner}U{serial}"
    value = f"{code}{contract_ref.container_key(code.lower())}"
    assert value in spans(contract_ref.RECOGNISER, f"le {value} est au port")


def test_every_number_is_refused_inside_a_longer_one() -> None:
    for value in ("241033380833521", "59322485000044", "4973554275756717", "0639981057"):
        text = f"99{value}77"
        for recogniser in discover():
            if recogniser.id in ("nir", "siret", "card", "phone"):
                assert spans(recogniser, text) == []
