"""What engineers run beside the product: checks, benchmarks, a browser, a screenshot."""
