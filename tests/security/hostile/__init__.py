"""Hostile readers walk every address, every table and every function of the database, with real references.

`world` makes families with something in every state, each word in them planted; `addresses` says who may rightly open
each address and with which references; `readers` says who must not. A new address is given its rightful reader there.
"""
