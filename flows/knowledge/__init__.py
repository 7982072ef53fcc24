"""What patients may be told about the treatment and its cost: topics, the matcher over them, the cost guide."""
