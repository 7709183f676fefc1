"""Consent and information-sharing agreements: may we hold it, may we show it, to whom and until when.

Owns the words consent, refusal (of sharing), withdrawal, settlement (of two people who disagree), exception, agreement
and basis; in `look_up`, what a partner learns of somebody they may not open. Who is in a team belongs to `casework`.
"""
