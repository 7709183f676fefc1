"""E-mail and text messages: they say that there is news, never a name or a fact.

Owns the words message, recipient, channel, carrier and delivery. Rooms above ask for a message by a template's name
and a key that can be used once; what the news is stays in the product, behind sign-in.
"""
