"""Addresses of the first pages."""

from __future__ import annotations

from django.urls import path

from egide.workspace.overview import views

app_name = "overview"
MOUNT = "accueil/"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("entreprise/", views.company, name="company"),
]
