"""Find a service: for families and the public without signing in, and for workers from their own pages.

Owns no tables and keeps nothing: what is typed, and a list that somebody makes, stand in the address of their page alone. A search that
has nothing to offer is counted by need, district and month; the directory keeps the count.
"""
