"""Finding a service: what somebody typed in plain words, read forgivingly, and the services that fit it, those that are fresh first.

Nothing that was typed is kept, here or anywhere.
"""
