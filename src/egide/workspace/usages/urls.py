"""Addresses of usages. What begins a path must be in ``services.RESERVED``."""

from __future__ import annotations

from django.urls import path

from egide.workspace.usages import export_views, open_views, views

app_name = "usages"

urlpatterns = [
    path("", views.listing, name="list"),
    path("ajouter/", views.add, name="add"),
    path("inventaire.csv", export_views.as_csv, name="csv"),
    path("inventaire.xlsx", export_views.as_xlsx, name="xlsx"),
    path("observes/", views.observed, name="observed"),
    path("sans-nom/", views.undeclared, name="undeclared"),
    path("sans-nom/<uuid:pk>/proposer/", views.propose, name="propose"),
    path("sans-nom/<uuid:pk>/supprimer/", views.forget, name="forget"),
    path("nos/", open_views.listing, name="ours"),
    path("nos/declarer/", open_views.declare, name="declare"),
    path("nos/sans-nom/", open_views.tell, name="tell"),
    path("nos/sans-nom/merci/", open_views.thanks, name="thanks"),
    path("nos/<int:pk>/", open_views.show, name="show"),
    path("nos/<int:pk>/modifier/", open_views.change, name="change"),
    path("nos/<int:pk>/retirer/", open_views.withdraw, name="withdraw"),
    path("<slug:slug>/", views.edit, name="edit"),
    path("<slug:slug>/valider/", views.validate, name="validate"),
    path("<slug:slug>/renvoyer/", views.send_back, name="return"),
]
