"""The address of « Mes règles »."""

from __future__ import annotations

from django.urls import path

from egide.workspace.rules import views

app_name = "rules"
MOUNT = "mes-regles/"

urlpatterns = [path("", views.mine, name="mine")]
