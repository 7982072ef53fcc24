"""What `make bench` measures, each load and each server in a process of its own."""
