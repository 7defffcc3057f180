"""What the company already told elsewhere, proposed for the variables of the charter."""

from __future__ import annotations

from django.db.models import Case, When

from egide.policy import Role
from egide.workspace import configuration
from egide.workspace.accounts.models import User
from egide.workspace.charter.words import cleaned
from egide.workspace.company import services as company
from egide.workspace.notice import services as notice
from egide.workspace.providers.models import Provider
from egide.workspace.usages.models import Usage


def proposals() -> dict[str, str]:
    """By variable; what is not known is not there."""
    days = configuration.current().journal_days
    found = {
        "entreprise": company.current().name,
        "passerelle": "Égide, la passerelle de l'entreprise",
        "outils_autorises": _tools(),
        "usages_libres": ", ".join(Usage.objects.filter(active=True).values_list("name", flat=True)),
        "referent_ia": _referent(),
        "contact_rgpd": notice.details().contact,
        "donnees_journalisees": "la date, un identifiant sans nom ni adresse, l'usage, le service d'IA et le "
        "modèle, la décision prise et la règle appliquée, les types de données reconnus et leur nombre, "
        "jamais le texte lui-même",
        "duree_journaux": f"{days} jours" if days else "sans limite de durée fixée à ce jour",
        "personnes_acces_journaux": "les pilotes et les administrateurs d'Égide",
        "lien_prompts": "de l'entreprise",
    }
    return {name: said for name, text in found.items() if (said := cleaned(text))}


def _tools() -> str:
    active = Provider.objects.filter(active=True)
    told = [f"{one.name} ({', '.join(one.model_names)})" if one.model_names else one.name for one in active]
    return f"l'Assistant d'Égide, relié à {', '.join(told)}" if told else ""


def _referent() -> str:
    pilots = User.objects.filter(is_active=True, role__in=[Role.PILOT, Role.ADMIN])
    first = pilots.order_by(Case(When(role=Role.PILOT, then=0), default=1), "pk").first()
    return first.shown if first else ""
