"""What people need to learn, raised by panels and by audits, in one list; and the courses that answer it."""
