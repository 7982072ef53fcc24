"""What still works without the database: screen, answer, keep, page from memory, and tell the database later."""
