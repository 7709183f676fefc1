"""Passing a request on to the one agency that will help, with the family's agreement, and hearing whether it does.

Owns the word passing. The agency's person reads the request while the passing lasts, and nothing else of the family.
"""
