"""Addresses of the self-diagnosis."""

from __future__ import annotations

from django.urls import path

from egide.workspace.diagnosis import views

app_name = "diagnosis"
MOUNT = "autodiagnostic/"

urlpatterns = [
    path("", views.listing, name="list"),
    path("commencer/", views.start, name="start"),
    path("<int:pk>/", views.overview, name="overview"),
    path("<int:pk>/axes/<slug:name>/", views.axis, name="axis"),
    path("<int:pk>/reponses/<slug:question>/", views.answer, name="answer"),
    path("<int:pk>/terminer/", views.finish, name="finish"),
    path("<int:pk>/resultat/", views.result, name="result"),
]
