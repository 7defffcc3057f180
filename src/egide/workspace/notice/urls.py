"""Addresses of the notice."""

from __future__ import annotations

from django.urls import path

from egide.workspace.notice import views

app_name = "notice"
MOUNT = "information/"

urlpatterns = [
    path("lire/", views.read, name="read"),
    path("suivi/", views.follow, name="follow"),
    path("suivi/precisions/", views.add_details, name="details"),
    path("suivi/<str:public_id>/attester/", views.attest, name="attest"),
]
