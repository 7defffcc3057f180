"""From an empty install to a charter that everybody signed, a training, a diagnosis, usages and programmes.

Everybody goes by the menu, « Premiers pas » and the words of the pages, as somebody new would.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect
from tests.browser.conftest import DESKTOP, EMAIL, PASSWORD, PHONE, Egide

from egide.reference.autodiagnostic import questionnaire
from egide.reference.training import modules

MODULE = modules()["m2"]
PROGRAMMES = 3
# Everybody together: what may not grow unseen. ``bench/journey_length.py`` tells the minutes.
CLICKS, FIELDS, WORDS = 96, 16, 4_600
# Words that a person has under the eyes: outside the menu, what is folded and what one chooses from.
SHOWN = """() => {
  const seen = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim(), holder = walk.currentNode.parentElement;
    const aside = holder.closest("select, script, .visually-hidden");
    if (text && !aside && holder.checkVisibility()) seen.push(text);
  }
  return seen;
}"""
# Where people read a text for itself, by the address of its page.
DOCUMENTS = {
    r"/information/lire/": "notice",
    r"/charte/(redaction/apercu/)?$": "charter",
    r"/formation/modules/": "lesson",
}


@dataclass
class Step:
    """What one step of the journey asks of whoever does it; ``read``: words by kind of text."""

    who: str
    name: str
    clicks: int = 0
    fields: int = 0
    read: Counter[str] = field(default_factory=Counter)


@dataclass
class Hand:
    """Somebody at a page: each click, tick, field and word counts. Nobody reads the same line twice."""

    page: Page
    pictures: Path
    who: str
    steps: list[Step] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def begin(self, name: str) -> None:
        self.steps.append(Step(self.who, name))

    @property
    def now(self) -> Step:
        return self.steps[-1]

    def read(self) -> None:
        """All of the page that was not read before."""
        path = urlsplit(self.page.url).path
        kind = next((kind for start, kind in DOCUMENTS.items() if re.match(start, path)), "page")
        for line in self.page.evaluate(SHOWN):
            if line not in self.seen:
                self.seen.add(line)
                self.now.read[kind] += sum(any(map(str.isalnum, word)) for word in line.split())

    def press(self, target: Locator) -> None:
        expect(target).to_be_visible()
        self.read()
        self.now.clicks += 1
        target.click()

    def link(self, name: str | re.Pattern[str]) -> None:
        self.press(self.page.get_by_role("link", name=name))

    def button(self, name: str | re.Pattern[str]) -> None:
        self.press(self.page.get_by_role("button", name=name))

    def menu(self, name: str) -> None:
        burger = self.page.get_by_role("button", name="Menu", exact=True)
        if burger.is_visible():
            self.press(burger)
        label = re.compile(rf"^{re.escape(name)}( ?\d+ en attente)?$")
        # Unfolded on a phone, it is a dialog.
        shown = self.page.get_by_role("navigation", name="Menu principal").or_(
            self.page.get_by_role("dialog")
        )
        self.press(shown.get_by_role("link", name=label))

    def step(self, name: str) -> None:
        self.menu("Premiers pas")
        self.link(re.compile(rf"^(Ouvrir|Revoir) : {name}$"))

    def fill(self, label: str, said: str) -> None:
        self.now.fields += 1
        self.page.get_by_label(label).first.fill(said)

    def choose(self, label: str, said: str) -> None:
        self.now.fields += 1
        self.page.get_by_label(label).select_option(said)

    def tick(self, target: Locator) -> None:
        self.now.clicks += 1
        target.check()

    def download(self, name: str | re.Pattern[str]) -> bytes:
        with self.page.expect_download() as waiting:
            self.link(name)
        got: Download = waiting.value
        return Path(got.path()).read_bytes()

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def keep(self, name: str) -> None:
        """A picture of the page, which must fit the screen."""
        self.page.screenshot(path=self.pictures / f"journey-{name}.png", full_page=True)
        overflow = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} pixels to the right of the screen"

    def titled(self, name: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()


@pytest.fixture
def colleague(browser: Browser, pictures: Path) -> Iterator[Callable[[str], Hand]]:
    """Somebody else, with a browser of their own: on a phone."""
    opened = []

    def come(who: str) -> Hand:
        context = browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            locale="fr-FR",
            has_touch=True,
            is_mobile=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return Hand(context.new_page(), pictures, who)

    yield come
    for context in opened:
        context.close()


@pytest.mark.parametrize("context", [pytest.param(DESKTOP, id="desktop")], indirect=True)
def test_a_company_goes_from_nothing_to_its_first_results(
    page: Page, fresh: Egide, colleague: Callable[[str], Hand], look: Callable[[str], None], pictures: Path
) -> None:
    pilot = Hand(page, pictures, "pilot")
    arrive(pilot, fresh)
    welcome(pilot, look)
    zoe, luc = colleague("zoé"), colleague("luc")
    join(zoe, invite(pilot, "Zoé Lefèvre", "zoe@entreprise.example"))
    join(luc, invite(pilot, "Luc Morvan", "luc@entreprise.example"))
    validate(pilot)
    publish_charter(pilot, look)
    for hand, name in ((pilot, "Camille Kervella"), (zoe, "Zoé Lefèvre"), (luc, "Luc Morvan")):
        sign(hand, name)
    train(zoe)
    diagnose(pilot, look)

    pilot.begin("look at the result")
    pilot.menu("Vue d'ensemble")
    tiles = page.get_by_role("region", name="Avancement").get_by_role("listitem")
    expect(tiles.filter(has_text="Charte signée")).to_contain_text("3 sur 3")
    expect(tiles.filter(has_text="Information lue")).to_contain_text("3 sur 3")
    expect(tiles.filter(has_text="Usages validés")).to_contain_text("3 sur 5")  # one comes with Égide
    expect(tiles.filter(has_text="Aides et formations suivies")).to_contain_text(str(PROGRAMMES))
    expect(tiles.filter(has_text="Modules de formation réussis")).to_contain_text("1 sur 24")
    expect(tiles.filter(has_text="Maturité")).to_contain_text("sur 100")
    look("06-overview")
    pilot.menu("Premiers pas")
    look("07-done")
    # The entry of the menu, and the one step that is not of this journey.
    expect(page.get_by_text("À faire", exact=True)).to_have_count(2)
    last = page.get_by_role("listitem").filter(has_text="Classer les usages selon le règlement IA")
    expect(last).to_contain_text("À faire")
    done = [one for hand in (pilot, zoe, luc) for one in hand.steps]
    told(done)
    assert sum(one.clicks for one in done) <= CLICKS
    assert sum(one.fields for one in done) <= FIELDS
    assert sum(one.read["page"] for one in done) <= WORDS


def told(steps: list[Step]) -> None:
    """Written where ``TEST_JOURNEY`` names a file: ``bench/journey_length.py`` reads it."""
    if wanted := os.environ.get("TEST_JOURNEY"):
        Path(wanted).write_text(json.dumps([vars(one) for one in steps]), encoding="utf-8")


@pytest.mark.parametrize("context", [pytest.param(PHONE, id="phone")], indirect=True)
def test_the_end_of_the_menu_is_reached_on_a_phone(
    page: Page, newcomer: None, look: Callable[[str], None]
) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    look("menu")
    page.get_by_role("dialog").get_by_role("button", name="Se déconnecter").click()
    asked = page.get_by_role("main").get_by_role("button", name="Se déconnecter")
    expect(asked.or_(page.get_by_label("Mot de passe")).first).to_be_visible()


def arrive(pilot: Hand, fresh: Egide) -> None:
    pilot.begin("enter")
    pilot.page.goto(fresh.first_link)
    pilot.fill("Votre nom", "Camille Kervella")
    pilot.fill("Votre adresse électronique", EMAIL)
    pilot.fill("Mot de passe", PASSWORD)
    pilot.button("Entrer dans Égide")
    pilot.button("J'ai lu cette information")
    pilot.titled("Bienvenue dans Égide")


def welcome(pilot: Hand, look: Callable[[str], None]) -> None:
    pilot.begin("three answers")
    pilot.fill("Nom de l'entreprise", "Menuiserie Kervella")
    pilot.fill("Effectif", "3")
    pilot.choose("Région", "Bretagne")
    pilot.tick(pilot.page.get_by_label("Non", exact=True))
    pilot.choose("Métier", "Autre TPE ou PME")
    pilot.fill("Code NAF (ou APE)", "43.32A")
    for label in ("Commercial", "Technique"):
        pilot.tick(pilot.page.get_by_role("checkbox", name=label, exact=True))
    pilot.tick(pilot.page.get_by_label("Des comptes gratuits"))
    look("00-welcome")
    pilot.button("Voir ce qu'Égide propose")
    pilot.titled("Ce qu'Égide propose")
    look("00-proposal")
    pilot.button("Remplir l'espace")
    pilot.titled("Premiers pas")
    look("01-steps")


def invite(pilot: Hand, name: str, email: str) -> str:
    pilot.begin(f"invite {email.split('@')[0]}")
    pilot.step("Inviter vos collègues")
    pilot.link("Inviter une personne")
    pilot.fill("Adresse électronique", email)
    pilot.fill("Nom", name)
    pilot.button("Enregistrer")
    pilot.titled(f"Lien d'accès de {name}")
    return pilot.page.get_by_label("Lien à usage unique").input_value()


def join(hand: Hand, link: str) -> None:
    hand.begin("enter")
    hand.page.goto(link)
    hand.fill("Mot de passe", PASSWORD)
    hand.button("Entrer dans Égide")
    hand.button("J'ai lu cette information")
    hand.titled("Assistant")


def publish_charter(pilot: Hand, look: Callable[[str], None]) -> None:
    pilot.begin("publish the charter")
    pilot.step("Publier la charte")
    look("02-charter")
    pilot.button("Enregistrer et relire le texte")
    pilot.page.once("dialog", lambda dialog: dialog.accept())
    pilot.button("Publier la version 1")
    pilot.sees("Version 1 publiée")
    look("03-signatures")


def sign(hand: Hand, name: str) -> None:
    hand.begin("sign the charter")
    hand.menu("Charte")
    expect(hand.page.get_by_label("Votre nom")).to_have_value(name)
    hand.tick(hand.page.get_by_label("Je soussigné(e)"))
    hand.button("Signer la charte")
    hand.sees("Charte signée.")
    hand.keep("signed")


def train(hand: Hand) -> None:
    hand.begin("train")
    hand.menu("Formation")
    hand.link(f"Commencer : {MODULE.title}")
    hand.button("Commencer le questionnaire")
    for question in MODULE.quiz:
        group = hand.page.get_by_role("group").filter(has_text=question.text)
        for place in question.correct:
            hand.tick(group.get_by_label(question.options[place], exact=True))
    hand.button("Envoyer mes réponses")
    hand.titled("Module réussi")
    hand.keep("passed")
    assert hand.download("Télécharger le certificat (PDF)").startswith(b"%PDF-")
    hand.link("Page de vérification")
    hand.sees("Ce certificat est valide.")
    hand.sees("Titulaire : Zoé Lefèvre")
    hand.keep("verified")


def validate(pilot: Hand) -> None:
    """The first two of those that Égide proposed."""
    pilot.begin("validate two usages")
    pilot.step("Déclarer un usage en entier")
    for _ in range(2):
        pilot.press(pilot.page.get_by_role("link", name=re.compile("Lire et décider")).first)
        pilot.press(pilot.page.get_by_role("button", name="Valider", exact=True))
        pilot.sees("est validé : il est proposé")


def diagnose(pilot: Hand, look: Callable[[str], None]) -> None:
    pilot.begin("self-diagnosis")
    pilot.step("Faire l'autodiagnostic")
    pilot.button("Reprendre")
    pilot.titled("Autodiagnostic en une page")
    look("04-diagnosis")
    pilot.button("Confirmer")
    pilot.sees("Réponses confirmées")
    for question in questionnaire().questions:
        group = pilot.page.get_by_role("group").filter(has_text=question.text)
        if not group.locator("input:checked").count():
            pilot.tick(group.get_by_role("radio").nth(2))
    expect(pilot.page.locator("#share")).to_contain_text("40 sur 40")
    pilot.button("Terminer et voir le résultat")
    pilot.titled(re.compile("Résultat"))
    look("05-result")
    assert pilot.download("Rapport (PDF)").startswith(b"%PDF-")
