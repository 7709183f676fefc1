"""Reads another system's inspection workbook ("Annex A") into requests, cases and people, every row accounted for.

Owns the words import run and import row. A row is known by its source, sheet, child id, cells and place among identical
rows, so the same workbook read twice changes nothing. Lists 1 to 3 are read; the rest is social care's own.
"""
