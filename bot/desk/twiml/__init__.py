"""TwiML: what Twilio understands, and the check that a document is it."""
