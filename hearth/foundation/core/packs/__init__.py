"""What a practice pack may say: one small module for each TOML file, and the reader that checks them.

An authority's own words live in its pack and in these models, nowhere else in the foundation. Every model is frozen; a
key that is not known here is a fault. The front is `hearth.foundation.core.pack`: import from there.
"""
