"""Small grants with a light form, and partners' bids for outside funding laid beside what is already bought.

Owns the words round, grant application, interest in a grant and outside bid. Tenders and sealed bids are beside this room; money is moved
in `records/money`, and what is meant to be bought is `needs`'.
"""
