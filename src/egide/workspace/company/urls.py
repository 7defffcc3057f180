"""Addresses of the company."""

from __future__ import annotations

from django.urls import path

from egide.workspace.company import views

app_name = "company"
MOUNT = "entreprise/"

urlpatterns = [
    path("", views.profile, name="profile"),
    path("chercher/", views.find, name="find"),
    path("remplir/", views.fill, name="fill"),
    path("premiers-pas/", views.journey, name="journey"),
]
