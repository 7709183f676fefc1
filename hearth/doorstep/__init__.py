"""What families and the public open without signing in: asking for help in their own words, and the pathways.

Owns no tables. What is typed is kept when it is sent and not before, is matched with nobody here, and is never read
back: only its reference is.
"""
