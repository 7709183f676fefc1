"""Looking at the work from above: what it achieved, and whether that stands. Pages and decisions that join rooms below."""
