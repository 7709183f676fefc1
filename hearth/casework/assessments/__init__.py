"""The whole-family assessment (CAF or EHA): the form as data, the answers about the family and each child, sign-off.

Owns the words assessment, form version, answer, strength, need, sign-off and return. A signed-off assessment is frozen;
a later change starts a new version. What is done about a need belongs to `plans`; who people are, to `records/people`.
"""
