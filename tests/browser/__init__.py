"""The pages in a real Chromium, over a real process of the helpline."""
