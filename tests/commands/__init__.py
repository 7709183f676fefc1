"""The two commands, and what stands behind them: a PostgreSQL of our own, set-up, start and stop."""
