"""Addresses of access keys."""

from __future__ import annotations

from django.urls import path

from egide.workspace.keys import views

app_name = "keys"
MOUNT = "cles/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("creer/", views.add, name="add"),
    path("<str:public_id>/revoquer/", views.revoke, name="revoke"),
]
