"""Addresses of the self-diagnosis."""

from __future__ import annotations

from django.urls import path

from egide.workspace.diagnosis import opinion_views, quick_views, views

app_name = "diagnosis"
MOUNT = "autodiagnostic/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("commencer/", views.start, name="start"),
    path("<int:pk>/", views.overview, name="overview"),
    path("<int:pk>/rapide/", quick_views.page, name="quick"),
    path("<int:pk>/rapide/confirmer/", quick_views.confirm, name="confirm"),
    path("<int:pk>/axes/<slug:name>/", views.axis, name="axis"),
    path("<int:pk>/reponses/<slug:question>/", views.answer, name="answer"),
    path("<int:pk>/terminer/", views.finish, name="finish"),
    path("<int:pk>/resultat/", views.result, name="result"),
    path("<int:pk>/avis/", views.invite, name="invite"),
    path("<int:pk>/avis-clos/", views.close_opinions, name="close-opinions"),
    path("<int:pk>/avis/<slug:question>/", opinion_views.answer, name="give-opinion"),
    path("<int:pk>/actions/<slug:question>/", views.act, name="act"),
    path("<int:pk>/rapport.pdf", views.printed, name="report"),
    path("mon-avis/", opinion_views.mine, name="opinions"),
    path("mon-avis/<slug:name>/", opinion_views.axis, name="opinion"),
]
