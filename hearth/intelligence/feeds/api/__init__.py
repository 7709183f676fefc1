"""What a machine with a token may ask of the product over HTTP: take a file, and how does its load stand. Nothing else.

Answers are JSON. Nobody is signed in: a token stands for whoever made it, for one feed and one organisation.
"""
