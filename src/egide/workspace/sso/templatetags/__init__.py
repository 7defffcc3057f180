"""The template tags of sign-in with the company's identity provider."""

from __future__ import annotations
