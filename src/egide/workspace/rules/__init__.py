"""« Mes règles » : the policy in force, as it applies to the person who reads it."""

from __future__ import annotations
