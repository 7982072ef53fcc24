"""The desk: what it promises as a stand-in for Twilio."""
