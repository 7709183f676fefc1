"""The workforce of every organisation: courses, bookings, attendance, certificates, and the competence that each role needs.

Owns the words course, course run, booking, waiting list, training record. What a role needs is data of the practice pack. It names
nobody who is helped, and opens no family; what audits find stays in quality, and what panels decide in panels.
"""
