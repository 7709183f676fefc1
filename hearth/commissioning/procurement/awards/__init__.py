"""Awarding a lot to the best bid, telling each bidder why, standing still, and publishing the notice."""
