"""Addresses of the requests: one's own, one of them, and the pilots' queue."""

from __future__ import annotations

from django.urls import path

from egide.workspace.justifications import views

app_name = "justifications"
MOUNT = "demandes/"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("accords/", views.queue, name="queue"),
    path("accords/<str:public_id>/", views.one, name="review"),
    path("<str:public_id>/", views.one, name="one"),
    path("<str:public_id>/raison/", views.explain, name="explain"),
    path("<str:public_id>/code/", views.code, name="code"),
    path("<str:public_id>/abandon/", views.withdraw, name="withdraw"),
    path("<str:public_id>/decision/", views.decide, name="decide"),
]
