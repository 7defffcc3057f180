"""How tables of people write their columns and the roles: words sought in files, in French or in English."""

from __future__ import annotations

from typing import Final

from egide.policy import Role

# Folded: without accents nor capitals.
TITLES: Final = {
    "courriel": "email", "email": "email", "e-mail": "email", "mail": "email", "adresse": "email",
    "adresse electronique": "email", "adresse mail": "email", "adresse e-mail": "email",
    "email address": "email",
    "nom": "name", "nom complet": "name", "nom et prenom": "name", "prenom et nom": "name", "name": "name",
    "full name": "name", "last name": "name", "surname": "name",
    "prenom": "given", "first name": "given",
    "role": "role",
    "service": "department", "departement": "department", "department": "department",
}  # fmt: skip
ROLES: Final = {
    "": Role.COLLABORATOR,
    "collaborateur": Role.COLLABORATOR, "collaboratrice": Role.COLLABORATOR,
    "collaborator": Role.COLLABORATOR, "member of staff": Role.COLLABORATOR, "staff": Role.COLLABORATOR,
    "pilote": Role.PILOT, "pilot": Role.PILOT, "lead": Role.PILOT,
    "administrateur": Role.ADMIN, "administratrice": Role.ADMIN, "admin": Role.ADMIN,
    "administrator": Role.ADMIN,
}  # fmt: skip
