"""What passes between Twilio and the product: signed webhooks, identifiers, the diary, the complaints."""
