"""A Twilio on your table: an honest stand-in at the level of HTTP. Imported only by main.py and the tests.

`app.create_desk` makes one from a `config.DeskConfig`; `desk.Desk` is what main.py and the tests hold: its `app` is
Twilio's REST API and the page `/desk`, its `phone(number)` a `phone.Phone` that texts, calls, answers and presses.
Everything that happens is an entry of an agenda with a due time (`time/`): tests move the clock and call `run_due()`,
`make run` lets a thread do it. `wire/` posts the signed webhooks, `faults.py` lets them go wrong, `twiml/` knows what
Twilio understands, `texts/` and `voice/` make it happen, `rest/` is the REST API. `stage.py`, `script.py`, `talk.py`
and `lay.py` join a desk with a product. What the product does wrong stands in `Desk.problems`.
"""
