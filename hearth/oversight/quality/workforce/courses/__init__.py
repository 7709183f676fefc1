"""Courses and their runs: booked, waited for, held, and who was there."""
