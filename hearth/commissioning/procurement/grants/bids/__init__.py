"""Partners' bids for outside funding: told, and reviewed against what is already bought. Models are `grants`'."""
