"""What differs between the two databases: how an engine is made, and who may write."""
