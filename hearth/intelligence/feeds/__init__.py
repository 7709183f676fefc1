"""Partners' files: one folder a feed says what a file holds; each file is checked, shown, and committed or taken back whole.

Owns the words feed, layout, load, row set aside, coverage, and the five words for why nothing is shown. Whether a file may be
loaded or shown is the agreement's (`records/sharing`); who in it is who belongs to `matching`, what follows to `insight`.
"""
