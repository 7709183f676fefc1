"""What it was worth: the social return of a contract or a programme, and the model of money invested to save.

Owns the words assumption, unit value, price year, social return and investment model. Says for each figure what it rests on.
"""
