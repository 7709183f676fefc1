"""Population in figures: how many people, and how many under 18, live in a district. Published statistics, which name nobody.

A run takes them out of the feed; rooms above set what they count against them.
"""
