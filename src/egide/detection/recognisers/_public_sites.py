"""Sites that everyone knows: naming them says nothing of the company.

``REFERENCE`` sites are public to their last page; on ``SERVICES`` only the bare name is public, since a
path (a shared file, a profile, a repository) points at someone.
"""

from __future__ import annotations

from typing import Final

from egide.detection.recognisers._said import words

REFERENCE: Final = words(
    "gouv.fr service-public.fr legifrance.gouv.fr cnil.fr europa.eu wikipedia.org wikimedia.org insee.fr "
    "bpifrance.fr ",
    "francenum.gouv.fr ameli.fr urssaf.fr anssi.fr ietf.org w3.org iso.org afnor.org python.org "
    "docs.python.org ",
    "stackoverflow.com mozilla.org rfc-editor.org schema.org education.fr data.gouv.fr has-sante.fr who.int",
)
SERVICES: Final = words(
    "google.com google.fr gmail.com youtube.com microsoft.com office.com apple.com amazon.fr amazon.com "
    "github.com gitlab.com ",
    "openai.com anthropic.com mistral.ai facebook.com instagram.com linkedin.com twitter.com x.com "
    "whatsapp.com booking.com ",
    "leboncoin.fr doctolib.fr laposte.fr sncf.com sncf-connect.com orange.fr free.fr sfr.fr "
    "bouyguestelecom.fr wanadoo.fr ",
    "laposte.net hotmail.com hotmail.fr outlook.com outlook.fr yahoo.fr yahoo.com stripe.com paypal.com "
    "slack.com zoom.us ",
    "wordpress.com wordpress.org example.com example.org example.net localhost canva.com chatgpt.com ",
    "asp.net vb.net ado.net societe.com infogreffe.fr pole-emploi.fr francetravail.fr indeed.fr "
    "lemonde.fr notion.so",
)


def public(host: str, path: str) -> bool:
    """``host`` (with its sub-domains) and ``path`` say nothing of anyone."""
    parts = host.removeprefix("www.").split(".")
    names = {".".join(parts[i:]) for i in range(len(parts))}
    if not names.isdisjoint(REFERENCE):
        return "@" not in path and "token" not in path
    return not names.isdisjoint(SERVICES) and path.strip("/") == ""
