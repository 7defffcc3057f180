"""Addresses of the policy."""

from __future__ import annotations

from django.urls import path

from egide.workspace.policies import draft_views, publish_views, trial_views, views

app_name = "policies"
MOUNT = "politique/"

urlpatterns = [
    path("", views.policy, name="policy"),
    path("export.yaml", publish_views.export, name="export"),
    path("brouillon/", draft_views.page, name="draft"),
    path("brouillon/profil/", draft_views.profile, name="profile"),
    path("brouillon/metiers/", draft_views.professions, name="professions"),
    path("brouillon/verifications/", draft_views.checks, name="checks"),
    path("brouillon/regle/", draft_views.rule, name="rule"),
    path("brouillon/regle/retirer/", draft_views.remove_rule, name="remove-rule"),
    path("brouillon/images-et-sons/", draft_views.carriers, name="carriers"),
    path("brouillon/abandonner/", draft_views.discard, name="discard"),
    path("brouillon/importer/", draft_views.import_file, name="import"),
    path("brouillon/export.yaml", publish_views.export_draft, name="export-draft"),
    path("brouillon/essai/", trial_views.page, name="trial"),
    path("brouillon/publier/", publish_views.publish, name="publish"),
    path("metiers/<slug:name>/", draft_views.profession, name="profession"),
    path("versions/", publish_views.listing, name="versions"),
    path("versions/<int:wanted>/", publish_views.version, name="version"),
    path("versions/<int:wanted>/reprendre/", publish_views.take_up, name="take-up"),
    path("versions/<int:wanted>/export.yaml", publish_views.export_version, name="export-version"),
    path("termes/", views.add_term, name="add-term"),
    path("termes/<int:pk>/retirer/", views.remove_term, name="remove-term"),
    path("exceptions/", views.add_exemption, name="add-exemption"),
    path("exceptions/retirer/", views.remove_exemption, name="remove-exemption"),
    path("exceptions/<int:pk>/retirer/", views.drop_exemption, name="drop-exemption"),
]
