"""Addresses of login, two-factor authentication, one-time links and people.

Only what Égide uses of django-allauth. Names that it reverses but that make no sense without outgoing
mail (sign-up, e-mail addresses, forgotten password) lead to the page that explains one-time links.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa import urls as mfa
from django.urls import include, path

from egide.workspace.accounts.views import link, new_link_help

MOUNT = ""

_links = ([path("lien/<str:secret>/", link, name="link")], "accounts")

urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("compte/inactif/", account.account_inactive, name="account_inactive"),
    path("compte/confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("compte/mot-de-passe/", account.password_change, name="account_change_password"),
    path("compte/double-authentification/", include(mfa)),
    path("compte/nouveau-lien/", new_link_help, name="account_reset_password"),
    path("compte/nouveau-lien/", new_link_help, name="account_signup"),
    path("compte/nouveau-lien/", new_link_help, name="account_email"),
    path("compte/nouveau-lien/", new_link_help, name="account_set_password"),
    path("compte/nouveau-lien/", new_link_help, name="account_email_verification_sent"),
    path("", include(_links)),
]
