"""How many assessments were made, by month, district and agency, and whether social care was asked with one in hand.

Owns no table: figures come from the database's own function and name nobody. Opening a figure into references goes through
`visible_to`, so it may open fewer than were counted, and says so.
"""
