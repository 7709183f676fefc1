"""The pathways as anybody opens them: drawn, as a list, and for a date of birth or a due date.

Owns no table and keeps nothing: what is typed here is sent in the body of a page, never in an address, which logs would keep.
"""
