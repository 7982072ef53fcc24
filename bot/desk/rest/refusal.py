"""Twilio's way of saying no: a status, a code, a sentence."""

from bot.desk.rest.parameters import Shape, Values

UNKNOWN, NOT_FOUND, BAD_VALUE = 20001, 20404, 20001
MAX_BODY = 1600

# Twilio's code where a parameter is wrong, or not there.
WRONG = {
    "To": 21211,
    "From": 21212,
    "StatusCallback": 21609,
    "Url": 21205,
    "FallbackUrl": 21205,
    "Twiml": 12100,
    "StatusCallbackEvent": 21626,
    "MachineDetection": 21245,
}
MISSING = {"Messages": {"To": 21604, "From": 21603, "Body": 21602}, "Calls": {"To": 21201, "From": 21213}}


class Refusal(Exception):
    """An error answer."""

    def __init__(self, status: int, code: int, message: str) -> None:
        """`code` is Twilio's."""
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def body(self) -> dict[str, object]:
        """In Twilio's shape."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def not_found(path: str) -> Refusal:
    """No such resource."""
    return Refusal(404, NOT_FOUND, f"The requested resource {path} was not found")


def check(shape: Shape, values: Values, path: str) -> None:
    """Refuse what is unknown, missing, repeated or of the wrong kind."""
    kind = "Messages" if "/Messages" in path else "Calls"
    missing = MISSING[kind]
    for name, given in values.items():
        if name not in shape.known:
            raise Refusal(400, UNKNOWN, f"Unknown parameter {name}")
        if len(given) > 1 and name not in shape.repeated:
            raise Refusal(400, BAD_VALUE, f"Parameter {name} was given more than once")
        if not all(shape.known[name](value) for value in given):
            raise Refusal(400, WRONG.get(name, BAD_VALUE), f"Invalid parameter {name}")
    for name in shape.needed:
        if name not in values:
            raise Refusal(400, missing.get(name, BAD_VALUE), f"A '{name}' is required.")
    for names in shape.one_needed:
        if not any(name in values for name in names):
            code = 21205 if "Url" in names else next((missing[n] for n in names if n in missing), BAD_VALUE)
            raise Refusal(400, code, f"One of {', '.join(names)} is required.")
