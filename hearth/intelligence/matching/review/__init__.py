"""Clerical review: a pair side by side with its evidence, decided by a person, with a second opinion and undo; and what labels tell."""
