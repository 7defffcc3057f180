"""The pages of good practice in English: their points, and the report that is kept, stay in French."""

from __future__ import annotations

from html import unescape

import pypdfium2
from django.test import Client
from django.utils import translation

from egide.workspace.accounts.models import User
from egide.workspace.hygiene import services
from egide.workspace.hygiene.models import Campaign
from egide.workspace.hygiene.report import report


def english(person: User) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["egide-language"] = "en"
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_person_answers_in_english_on_french_points(campaign: Campaign, zoe: User) -> None:
    client = english(zoe)
    page = text(client, "/bonnes-pratiques/")
    assert "30 items, two minutes, until 1 January 2126." in page
    assert "The items and their sources are in French." in page
    assert '<legend class="form-label" lang="fr">' in page
    told = client.post(f"/bonnes-pratiques/{campaign.pk}/reponses/mfa/", {"mfa": "no"}).content.decode()
    assert "<strong>To do:</strong> take up this habit, or ask how." in told
    assert '<span lang="fr">Elle bloque la plupart des vols de compte' in unescape(told)
    saved = client.post(f"/bonnes-pratiques/{campaign.pk}/", {"maj": "yes"}, follow=True)
    assert "Answers saved. 28 items are left." in saved.content.decode()


def test_the_report_is_in_french_from_an_english_page(
    campaign: Campaign, team: list[User], pilot: User
) -> None:
    for one in team:
        services.answer(campaign.pk, "mfa", "yes", one)
    services.close(campaign.pk)
    campaign.refresh_from_db()
    assert "Share of “yes”" in text(english(pilot), f"/bonnes-pratiques/campagnes/{campaign.pk}/")
    french = report(campaign)
    with translation.override("en"):
        assert report(campaign) == french
    words = " ".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(french))
    assert "Part de « oui »" in words
