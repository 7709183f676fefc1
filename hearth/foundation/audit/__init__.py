"""Who did, saw, looked for, took out or was refused what. Rows are only ever added.

Owns the words action, event, look and refusal record. Keeps the actor's id, name and organisation as they were on
the day, without a foreign key upwards. The screens that show the trail belong to `desk` and `oversight`.
"""
