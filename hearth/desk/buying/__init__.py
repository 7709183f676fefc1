"""Something bought for the family of a plan: asked for from it, and listed with it. Owns no tables: money is in its own room."""
