"""People, families, relationships, addresses and identifiers, and who may open a family.

Owns the words person, family, membership, relationship, access, restriction and link. A person is linked to another
record of the same person, never melted into it. Consent and agreements belong to `sharing`; cases to `casework`.
"""
