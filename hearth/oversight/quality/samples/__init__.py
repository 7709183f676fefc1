"""Samples of assessments for audit: drawn by a seed that is kept, so that anybody can draw the same again; shared out; drawn again."""
