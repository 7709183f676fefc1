"""Find somebody among the records the reader may open, by name, reference, birth date or postcode."""
