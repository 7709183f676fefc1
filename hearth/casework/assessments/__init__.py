"""The whole-family assessment (CAF or EHA): the form as data, what was answered about the family and each child, and sign-off.

Owns the words assessment, form version, answer, strength, need, sign-off and return. A signed-off assessment is frozen; a later
change starts a new version. What is done about a need belongs to `plans`; who the people are belongs to `records/people`.
"""
