"""The invented authority: agencies, people who sign in, families and their histories, reproducible from a seed.

Nobody here lives. Used by the demonstration and the tests; refused everywhere else. It stands above the rooms because
it writes through all of them.
"""
