"""How a record goes from the database with all that hangs from it: one function, owned by a role that nobody can become."""
