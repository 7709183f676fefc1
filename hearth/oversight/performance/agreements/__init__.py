"""Service-level agreements: what each district aims for, the authority's targets and those it adds to them, with who set each and why."""
