"""Users, organisations, teams, areas, roles and sign-in: who somebody is, and what they may do where.

Owns the words organisation, sector, team, area, appointment, role and permission. Which family somebody may open is
not decided here: that is records/people.
"""
