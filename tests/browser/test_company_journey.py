"""From an empty install to a charter that everybody signed, a training, a diagnosis, usages and programmes.

Everybody goes by the menu, « Premiers pas » and the words of the pages, as somebody new would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect
from tests.browser.conftest import DESKTOP, EMAIL, PASSWORD, PHONE, Egide

from egide.reference.autodiagnostic import questionnaire
from egide.reference.training import modules

MODULE = modules()["m2"]
CHARTER = {
    "Date d'entrée en vigueur": "2031-01-06",
    "Référent sécurité": "Yann Le Goff",
    "DPO ou contact RGPD": "dpo@entreprise.example",
    "Adresse et téléphone de signalement": "02 98 00 00 00",
    "Direction": "Camille Kervella, gérante",
    "Usages soumis à accord": "les devis",
    "Usages libres avec relecture": "les comptes rendus",
    "Données confidentielles propres à l'entreprise": "nos prix d'achat",
    "Qui relit quoi": "le responsable du dossier",
}
USAGES = {"Devis de cuisine": "Mettre en forme les devis.", "Comptes rendus": "Résumer les réunions."}
PROGRAMMES = 3
# Clicks and fields of the whole journey, everybody together: what may not grow unseen.
CLICKS, FIELDS = 160, 36


@dataclass
class Hand:
    """Somebody at a page: each click, tick and field counts."""

    page: Page
    pictures: Path
    clicks: int = 0
    fields: int = 0

    def press(self, target: Locator) -> None:
        self.clicks += 1
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
        self.fields += 1
        self.page.get_by_label(label).first.fill(said)

    def tick(self, target: Locator) -> None:
        self.clicks += 1
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
def colleague(browser: Browser, pictures: Path) -> Iterator[Callable[[], Hand]]:
    """Somebody else, with a browser of their own: on a phone."""
    opened = []

    def come() -> Hand:
        context = browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            locale="fr-FR",
            has_touch=True,
            is_mobile=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return Hand(context.new_page(), pictures)

    yield come
    for context in opened:
        context.close()


@pytest.mark.parametrize("context", [pytest.param(DESKTOP, id="desktop")], indirect=True)
def test_a_company_goes_from_nothing_to_its_first_results(
    page: Page, fresh: Egide, colleague: Callable[[], Hand], look: Callable[[str], None], pictures: Path
) -> None:
    pilot = Hand(page, pictures)
    arrive(pilot, fresh)
    look("01-steps")
    tell_company(pilot)
    choose_policy(pilot)
    tell_information(pilot)
    zoe, luc = colleague(), colleague()
    join(zoe, invite(pilot, "Zoé Lefèvre", "zoe@entreprise.example"))
    join(luc, invite(pilot, "Luc Morvan", "luc@entreprise.example"))
    publish_charter(pilot, look)
    for hand, name in ((pilot, "Camille Kervella"), (zoe, "Zoé Lefèvre"), (luc, "Luc Morvan")):
        sign(hand, name)
    train(zoe)
    for name, purpose in USAGES.items():
        declare(luc, name, purpose)
    for name in USAGES:
        validate(pilot, name)
    diagnose(pilot, look)
    for place in range(PROGRAMMES):
        follow(pilot, place)
    pilot.link("Voir tous les programmes suivis")
    expect(page.get_by_role("row")).to_have_count(1 + PROGRAMMES)
    look("05-followed")

    pilot.menu("Vue d'ensemble")
    tiles = page.get_by_role("region", name="Avancement").get_by_role("listitem")
    expect(tiles.filter(has_text="Charte signée")).to_contain_text("3 sur 3")
    expect(tiles.filter(has_text="Information lue")).to_contain_text("3 sur 3")
    expect(tiles.filter(has_text="Usages validés")).to_contain_text("3 sur 3")  # one comes with Égide
    expect(tiles.filter(has_text="Aides et formations suivies")).to_contain_text(str(PROGRAMMES))
    expect(tiles.filter(has_text="Modules de formation réussis")).to_contain_text("1 sur 24")
    expect(tiles.filter(has_text="Maturité")).to_contain_text("67 sur 100")
    look("06-overview")
    pilot.menu("Premiers pas")
    pilot.sees("Tout est fait.")
    look("07-done")
    expect(page.get_by_text("À faire", exact=True)).to_have_count(1)  # the entry of the menu
    everybody = (pilot, zoe, luc)
    clicks, fields = sum(one.clicks for one in everybody), sum(one.fields for one in everybody)
    assert clicks <= CLICKS
    assert fields <= FIELDS


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
    pilot.page.goto(fresh.first_link)
    pilot.fill("Nom de l'entreprise", "Menuiserie Kervella")
    pilot.fill("Votre nom", "Camille Kervella")
    pilot.fill("Votre adresse électronique", EMAIL)
    pilot.fill("Mot de passe", PASSWORD)
    pilot.button("Entrer dans Égide")
    pilot.button("J'ai lu cette information")
    pilot.titled("Assistant")
    pilot.menu("Premiers pas")
    pilot.titled("Premiers pas")


def tell_company(pilot: Hand) -> None:
    pilot.step("Dire qui vous êtes")
    pilot.fill("SIREN", "732 829 320")
    pilot.fill("Effectif", "3")
    pilot.fill("Code NAF (ou APE)", "43.32A")
    pilot.fields += 1
    pilot.page.get_by_label("Région").select_option("Bretagne")
    pilot.tick(pilot.page.get_by_label("Non", exact=True))
    pilot.button("Enregistrer")
    pilot.sees("C'est noté.")


def choose_policy(pilot: Hand) -> None:
    pilot.step("Choisir la politique")
    pilot.link("Modifier")
    pilot.button("Prendre ce profil")
    pilot.link("Publier…")
    pilot.fill("Pourquoi ce changement ?", "Le profil prudent nous convient.")
    pilot.button("Publier")
    pilot.sees("Version 1 publiée")


def tell_information(pilot: Hand) -> None:
    pilot.step("Informer le personnel")
    pilot.fill("À qui s'adresser pour exercer ses droits", "Camille Kervella, dpo@entreprise.example")
    pilot.fill("Base légale retenue", "Intérêt légitime")
    pilot.button("Enregistrer")
    pilot.page.wait_for_load_state()


def invite(pilot: Hand, name: str, email: str) -> str:
    pilot.step("Inviter vos collègues")
    pilot.link("Inviter une personne")
    pilot.fill("Adresse électronique", email)
    pilot.fill("Nom", name)
    pilot.button("Enregistrer")
    pilot.titled(f"Lien d'accès de {name}")
    return pilot.page.get_by_label("Lien à usage unique").input_value()


def join(hand: Hand, link: str) -> None:
    hand.page.goto(link)
    hand.fill("Mot de passe", PASSWORD)
    hand.button("Entrer dans Égide")
    hand.button("J'ai lu cette information")
    hand.titled("Assistant")


def publish_charter(pilot: Hand, look: Callable[[str], None]) -> None:
    pilot.step("Publier la charte")
    for label, said in CHARTER.items():
        pilot.fill(label, said)
    for question, answer in (("rh", "non"), ("transparence", "non"), ("sanctions", "B")):
        pilot.tick(pilot.page.locator(f"input[name=answer_{question}][value={answer}]"))
    look("02-charter")
    pilot.button("Enregistrer et voir l'aperçu")
    pilot.page.once("dialog", lambda dialog: dialog.accept())
    pilot.button("Publier la version 1")
    pilot.sees("Version 1 publiée")
    look("03-signatures")


def sign(hand: Hand, name: str) -> None:
    hand.menu("Charte")
    expect(hand.page.get_by_label("Votre nom")).to_have_value(name)
    hand.tick(hand.page.get_by_label("Je soussigné(e)"))
    hand.button("Signer la charte")
    hand.sees("Charte signée.")
    hand.keep("signed")


def train(hand: Hand) -> None:
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


def declare(hand: Hand, name: str, purpose: str) -> None:
    hand.menu("Nos usages de l'IA")
    hand.link("Déclarer un usage")
    hand.fill("Comment l'appeler ?", name)
    hand.fill("À quoi cela sert-il ?", purpose)
    hand.tick(hand.page.get_by_label("Service d'essai"))
    hand.tick(hand.page.get_by_label("Adresses, téléphones, courriels"))
    hand.tick(hand.page.get_by_role("checkbox", name="Clients", exact=True))
    hand.fill("Qui vérifie la réponse, et comment ?", "Celui qui envoie relit chaque ligne.")
    hand.fill("Que fait-on si l'IA est en panne ?", "On reprend le modèle du classeur.")
    hand.button("Envoyer")
    hand.sees("Déclaration envoyée")
    hand.keep("declared")


def validate(pilot: Hand, name: str) -> None:
    pilot.menu("Usages")
    pilot.link(f"Lire et décider : {name}")
    pilot.press(pilot.page.get_by_role("button", name="Valider", exact=True))
    pilot.sees("est validé : il est proposé")


def diagnose(pilot: Hand, look: Callable[[str], None]) -> None:
    pilot.step("Faire l'autodiagnostic")
    pilot.button("Commencer un autodiagnostic")
    first, *_ = axes = questionnaire().axes
    pilot.link(f"Répondre : {first.name}")
    for axis in axes:
        pilot.titled(axis.name)
        for question in questionnaire().of_axis(axis.id):
            group = pilot.page.get_by_role("group").filter(has_text=question.text)
            pilot.tick(group.get_by_role("radio").nth(2))
        pilot.button(re.compile("^Enregistrer"))
    pilot.button("Terminer l'autodiagnostic")
    pilot.titled(re.compile("Résultat"))
    look("04-result")
    assert pilot.download("Rapport (PDF)").startswith(b"%PDF-")


def follow(pilot: Hand, place: int) -> None:
    pilot.menu("Aides et formations")
    found = pilot.page.locator("main").get_by_role("heading", level=3).get_by_role("link")
    pilot.press(found.nth(place))
    pilot.button("Suivre ce programme")
    pilot.sees(re.compile("est suivi"))
    pilot.keep("programme")
