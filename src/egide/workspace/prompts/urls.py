"""Addresses of the prompt library."""

from __future__ import annotations

from django.urls import path

from egide.workspace.prompts import file_views, own_views, trial_views, views

app_name = "prompts"
MOUNT = "demandes-types/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("ecrire/", own_views.new, name="new"),
    path("importer/", file_views.upload, name="import"),
    path("demandes-types.yaml", file_views.export, name="export"),
    path("a-approuver/", own_views.approvals, name="approvals"),
    path("<slug:ref>/", views.one, name="one"),
    path("<slug:ref>/favori/", views.favourite, name="favourite"),
    path("<slug:ref>/avis/", views.rate, name="rate"),
    path("<slug:ref>/modifier/", own_views.edit, name="edit"),
    path("<slug:ref>/proposer/", own_views.submit, name="submit"),
    path("<slug:ref>/reprendre/", own_views.take_back, name="take-back"),
    path("<slug:ref>/retirer/", own_views.withdraw, name="withdraw"),
    path("<slug:ref>/supprimer/", own_views.remove, name="remove"),
    path("<slug:ref>/demande-type.yaml", file_views.export_one, name="export-one"),
    path("<slug:ref>/essais/", trial_views.trials, name="trials"),
    path("<slug:ref>/essais/lancer/", trial_views.run, name="run"),
    path("<slug:ref>/essais/<uuid:case>/supprimer/", trial_views.remove, name="remove-case"),
    path("<slug:ref>/versions/", own_views.versions, name="versions"),
    path("<slug:ref>/decider/", own_views.decide, name="decide"),
]
