"""The live look-up: is this person known? Who may open the record sees it; a partner whom an agreement covers learns that
somebody is known and whom to ring; restricted people never appear."""
