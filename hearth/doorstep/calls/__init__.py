"""Open calls, which anybody reads without signing in: what is to be bought, its files, questions and answers, and who was awarded it."""
