"""The practitioner's day: home, the list of cases, a family's page and its chronology. Pages that join rooms.

Owns no tables. `deciding` holds what happens when a request is accepted, which touches several rooms at once.
"""
