"""How a contract ends: settled after its last day; or de-commissioned before its time, with where its families go."""
