"""The list of people for a quarter: sent or typed by the provider, checked against casework, let go when the pack says, erased when asked."""
