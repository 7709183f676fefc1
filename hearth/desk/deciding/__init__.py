"""Deciding a request where the decision starts work: family, consent, case and assessment in one transaction.

Owns no tables. The decision itself, its clock and telling the referrer belong to casework/front_door.
"""
