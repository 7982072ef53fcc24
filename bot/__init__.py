"""The outer room: Twilio, HTTP, the clock and waiting. Imports `storage` and `flows`; nothing imports it back."""
