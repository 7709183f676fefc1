"""Who on the register may be the person somebody typed, the likeliest first: found by keys, weighed as the linkage weighs."""
