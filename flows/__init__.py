"""The inner room: what is said, what it means, what happens next. Pure: no I/O, no clock, no SQL, no web."""
