"""In the meeting: who is there, interests, decisions as facts, actions, and minutes that write themselves."""
