"""The pathway of a child who is known to us, on the family's own pages: what is done, due, missed and not known, and what to look for.

Owns no words and no table: pathways are `records/pathways`, how each touchpoint stands is `insight/touchpoints`.
"""
