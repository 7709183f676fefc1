"""The directory: what is on offer, for whom, where, when and at what cost, and how fresh each entry is.

Owns services, listed organisations, locations, schedules, the taxonomies of needs and circumstances, changes that wait for a
steward, and what was read from another authority's directory. It names no family. The public's finder is the doorstep's.
"""
