"""Reviews of a plan: each outcome beside last time, what changed, what happens next, the distance travelled."""
