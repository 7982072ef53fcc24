"""Calls: joining, waiting, and what is left when Twilio's reports are late, lost or told twice."""
