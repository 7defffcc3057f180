"""The composition root: joins gateway, workspace and core in one process, on one port.

Nothing is imported here: the command line loads only the module that it needs.
"""

from __future__ import annotations
