"""One disguise a file: see ``unveil/disguise.py``."""
