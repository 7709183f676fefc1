"""You said, we bought: a theme of unmet need is answered with what is meant to be bought. Owns no tables."""
