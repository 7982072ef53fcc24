"""A Twilio on your table: an honest stand-in at the level of HTTP. Imported only by main.py and the tests."""
