"""The console: where specialists sign in, see who waits, and take a case. Server-rendered; works without scripts."""
