"""Profile and actual by quarter: of a contract, of a district and of all; as a table, drawn, and with the word said."""
