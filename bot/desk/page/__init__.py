"""The page with the phones: what it shows, and what a click does."""
