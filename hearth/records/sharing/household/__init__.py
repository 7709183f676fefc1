"""Who lives in a home decides whose agreement is needed: access is brought into line when that changes, by the database."""
