"""What the live look-up compares, a row for each name of each person, kept true by the database whenever a person changes."""
