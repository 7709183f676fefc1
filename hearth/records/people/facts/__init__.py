"""What is known of one person, each fact a row: other names, addresses, numbers, and who they are to others."""
