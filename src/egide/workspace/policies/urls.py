"""Addresses of the policy."""

from __future__ import annotations

from django.urls import path

from egide.workspace.policies import views

app_name = "policies"
MOUNT = "politique/"

urlpatterns = [
    path("", views.policy, name="policy"),
    path("choisir/", views.choose, name="choose"),
    path("termes/", views.add_term, name="add-term"),
    path("termes/<int:pk>/retirer/", views.remove_term, name="remove-term"),
    path("exceptions/", views.add_exemption, name="add-exemption"),
    path("exceptions/retirer/", views.remove_exemption, name="remove-exemption"),
    path("exceptions/<int:pk>/retirer/", views.drop_exemption, name="drop-exemption"),
]
