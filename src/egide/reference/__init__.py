"""Dated, sourced reference data: YAML files and their typed loaders. A leaf: imports nothing of Égide."""
