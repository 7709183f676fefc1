"""Find a service: for families and the public without signing in, and for workers from their own pages.

Owns no tables and keeps nothing: what is typed, and a list that somebody makes, stand in the address of their page alone.
"""
