"""How Hearth looks and how people type into it: layout, pieces, form fields, pages, and what is kept as they type.

Owns the words page, piece, field, draft. Knows nothing of families or who may see what: rooms hand it text to show and
functions to call. It draws refusals and conflicts; it never decides them.
"""
