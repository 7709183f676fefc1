"""Knowing before being told: partners' data, who is who, and families of concern, by rules a person can read."""
