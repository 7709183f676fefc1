"""What audits find most often, in figures that name nobody; and the training that is needed because of it."""
