"""The pages: a Django project with one app per page family.

An app is a folder with an ``apps.py``; its ``urls.py`` (with ``MOUNT``) and ``menu.py`` (with
``ENTRIES``) are found, never listed.
"""

from __future__ import annotations
