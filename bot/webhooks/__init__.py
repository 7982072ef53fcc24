"""The webhooks: from a signed form to an inbound or an event, and back to TwiML. No decisions here."""
