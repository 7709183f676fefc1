"""An audit's sample of accepted claims: drawn by a seed that is kept, so that anybody can draw the same again."""
