"""Addresses of sign-in with the company's identity provider."""

from __future__ import annotations

from django.urls import path

from egide.workspace.sso import entry_views, views

app_name = "sso"
MOUNT = "connexion-entreprise/"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("tester/", views.test, name="test"),
    path("delier/", views.unlink, name="unlink"),
    path("entrer/", entry_views.start, name="start"),
    path("retour/", entry_views.callback, name="callback"),
]
