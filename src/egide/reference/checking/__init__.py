"""Checks every file of the reference: ids, dates, links, sources. Pure: texts and a day in, a report out."""
