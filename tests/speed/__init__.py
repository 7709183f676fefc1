"""Speed that a test can hold without a clock: every page asks the database a fixed number of times."""
