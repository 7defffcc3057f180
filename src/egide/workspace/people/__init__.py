"""The pilot's page on people: invite, role, access."""

from __future__ import annotations
