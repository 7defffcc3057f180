"""API keys of the common services, known by their prefix: OpenAI, Anthropic, GitHub, AWS, Stripe, Slack...

Source: documentation of each service; GitHub, "Supported secret scanning patterns".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

# Prefix as written, characters that may follow, fewest of them, service. Fixed case: keys are random.
_ROWS: Final = r"""
sk-ant- [A-Za-z0-9_-] 12 Anthropic
sk-proj- [A-Za-z0-9_-] 12 OpenAI
sk-svcacct- [A-Za-z0-9_-] 12 OpenAI
sk-or- [A-Za-z0-9_-] 12 OpenRouter
sk- [A-Za-z0-9] 16 OpenAI ou compatible
gsk_ [A-Za-z0-9] 16 Groq
xai- [A-Za-z0-9] 16 xAI
pplx- [A-Za-z0-9] 16 Perplexity
hf_ [A-Za-z0-9] 12 Hugging Face
api_org_ [A-Za-z0-9] 12 Hugging Face
ghp_ [A-Za-z0-9] 12 GitHub
gho_ [A-Za-z0-9] 12 GitHub
ghu_ [A-Za-z0-9] 12 GitHub
ghs_ [A-Za-z0-9] 12 GitHub
ghr_ [A-Za-z0-9] 12 GitHub
github_pat_ [A-Za-z0-9_] 16 GitHub
glpat- [A-Za-z0-9_-] 10 GitLab
gldt- [A-Za-z0-9_-] 10 GitLab
glrt- [A-Za-z0-9_-] 10 GitLab
glcbt- [A-Za-z0-9_-] 10 GitLab
AKIA [A-Z0-9] 12 Amazon Web Services
ASIA [A-Z0-9] 14 Amazon Web Services
AIza [A-Za-z0-9_-] 30 Google Cloud
ya29. [A-Za-z0-9_-] 20 Google
GOCSPX- [A-Za-z0-9_-] 20 Google
xoxb- [A-Za-z0-9-] 10 Slack
xoxp- [A-Za-z0-9-] 10 Slack
xoxa- [A-Za-z0-9-] 10 Slack
xoxs- [A-Za-z0-9-] 10 Slack
xapp- [A-Za-z0-9-] 10 Slack
sk_live_ [A-Za-z0-9] 8 Stripe
sk_test_ [A-Za-z0-9] 8 Stripe
rk_live_ [A-Za-z0-9] 8 Stripe
pk_live_ [A-Za-z0-9] 8 Stripe
whsec_ [A-Za-z0-9+/=] 12 Stripe
npm_ [A-Za-z0-9] 16 npm
pypi- [A-Za-z0-9_-] 20 PyPI
SG. [A-Za-z0-9_.-] 20 SendGrid
SK [0-9a-f] 32 Twilio
AC [0-9a-f] 32 Twilio
key- [0-9a-f] 24 Mailgun
xkeysib- [0-9a-f-] 20 Brevo
SCW [A-Z0-9] 17 Scaleway
dop_v1_ [0-9a-f] 20 DigitalOcean
shpat_ [0-9a-fA-F] 20 Shopify
shpss_ [0-9a-fA-F] 20 Shopify
sq0csp- [A-Za-z0-9_-] 20 Square
EAAC [A-Za-z0-9] 30 Meta
hvs. [A-Za-z0-9_-] 20 HashiCorp Vault
vault:v1: [A-Za-z0-9+/=] 12 HashiCorp Vault
dckr_pat_ [A-Za-z0-9_-] 12 Docker
lin_api_ [A-Za-z0-9] 16 Linear
ntn_ [A-Za-z0-9] 20 Notion
secret_ [A-Za-z0-9] 24 Notion
figd_ [A-Za-z0-9_-] 16 Figma
glsa_ [A-Za-z0-9_] 20 Grafana
nrk- [A-Za-z0-9] 16 New Relic
dapi [0-9a-f] 32 Databricks
tvly- [A-Za-z0-9_-] 12 Tavily
mist- [A-Za-z0-9] 16 Mistral
live_ [A-Za-z0-9] 16 Mollie
pat_ [A-Za-z0-9] 16 jeton personnel
dsn_live_ [A-Za-z0-9] 6 jeton de dépôt
AccountKey= [A-Za-z0-9+/=] 20 Azure
SharedAccessKey= [A-Za-z0-9+/=] 20 Azure
sig= [A-Za-z0-9%+/=] 20 Azure
EJ [A-Za-z0-9] 60 OVHcloud
ovh- [A-Za-z0-9] 16 OVHcloud
egide_ [A-Za-z0-9_-] 16 Égide
"""


def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = [row.split(" ", 3) for row in _ROWS.strip().splitlines()]
    return tuple(
        (prefix, re.compile(rf"{re.escape(prefix)}{kind}{{{size},4000}}"), service)
        for prefix, kind, size, service in rows
    )


_RULES: Final = _rules()
# The first letters of the prefixes that hold a sign are words of the view; the others are looked for.
_SIGNED: Final = tuple(rule for rule in _RULES if not rule[0].isalnum())
_LETTERS: Final = tuple(rule for rule in _RULES if rule[0].isalnum())
_BY_STEM: Final[dict[str, list[tuple[str, re.Pattern[str], str]]]] = {}
for _rule in _SIGNED:
    _BY_STEM.setdefault(re.split("[^a-z]", _rule[0].lower())[0], []).append(_rule)


def _search(view: View) -> Iterator[Finding]:
    text = view.text
    for stem in view.vocabulary & _BY_STEM.keys():
        for prefix, pattern, service in _BY_STEM[stem]:
            if prefix in text:
                yield from _found(view, prefix, pattern, service)
    for prefix, pattern, service in _LETTERS:
        # A key does not begin inside a word: a long prefix is the beginning of one.
        if (len(prefix) < 4 or prefix[:4].lower() in view.beginnings) and prefix in text:
            yield from _found(view, prefix, pattern, service)


def _found(view: View, prefix: str, pattern: re.Pattern[str], service: str) -> Iterator[Finding]:
    for match in pattern.finditer(view.text):
        before = view.text[match.start() - 1 : match.start()] if match.start() else ""
        tail = match.group()[len(prefix) :]
        if (
            not before.isalnum()
            and before not in ("-", "_")
            and any(map(str.isdigit, tail))
            and any(map(str.isalpha, tail))
        ):
            yield _finding(match, service)


def _finding(match: re.Match[str], service: str) -> Finding:
    return Finding(
        *match.span(),
        "SECRET",
        0.98,
        "secret_key",
        f"Clé d'accès à un service ({service}), d'après son préfixe.",
    )


def _sample(prefix: str, size: int, alphabet: str = "a1B2c3D4e5F6g7H8") -> str:
    """An invented key, built so that no scanner takes this file for a leak."""
    return f"⟦{prefix}{(alphabet * 8)[:size]}⟧"


RECOGNISER = Recogniser(
    id="secret_key",
    labels=("SECRET",),
    source="Documentation des services ; GitHub, Supported secret scanning patterns",
    search=_search,
    accepted=(
        f"clé {_sample('sk-' + 'ant-api03-', 40)}",
        f"OPENAI {_sample('sk-' + 'proj-', 40)}.",
        f"NPM_TOKEN={_sample('npm' + '_', 36)} pushed",
        f"j'ai hardcodé {_sample('glp' + 'at-', 14)} en attendant",
        f"retire la clé {_sample('AK' + 'IA', 16, 'A1B2C3D4')} du dépôt",
        f"token {_sample('gh' + 'p_', 36)}",
        f"slack {_sample('xo' + 'xb-', 30)}",
        f"{_sample('hf' + '_', 34)}",
        f"stripe {_sample('sk_' + 'live_', 24)}",
        f"scaleway {_sample('SC' + 'W', 17, 'A1B2C3D4')}",
        f"google {_sample('AI' + 'za', 35)}",
    ),
    refused=("sk-learn", "le npm_install du matin", "AKIA", "live_stream", "ghp_", "pat_metheny", "a sk-1"),
)
