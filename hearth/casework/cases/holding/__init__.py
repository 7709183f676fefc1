"""Which team of the authority holds a case: its managers may open the family, wherever else they work, until the case closes.

Owns the word held. Who works with the family is the team around it, which is something else.
"""
