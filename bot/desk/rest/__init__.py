"""Twilio's REST API, as far as the helpline uses it, and as strict as Twilio's own description of it."""
