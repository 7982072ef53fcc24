"""Time on the desk: what is due, and who makes it happen."""
