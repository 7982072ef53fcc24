"""The last word: what a person hears when everything behind a webhook has failed, also what was meant for that.

Made at the start, so that saying it needs nothing. Twilio would take an error for silence, and say nothing to a texter.
What came is not lost: nobody has claimed it, so `bot/missed.py` fetches it from Twilio when we are well again.
"""

import logging
from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from bot.lifeline.degraded import document, spoken_fault
from bot.world import World

log = logging.getLogger(__name__)

TEXTS = "/twilio/sms"
CALLS = ("/twilio/voice", "/twilio/duty")


def last_word(world: World) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The handler of an exception that nothing else caught: words for patients, an error for everybody else."""
    written, said = document(world, "fault"), spoken_fault(world)

    async def say(request: Request, error: Exception) -> Response:
        path = request.url.path
        log.critical("%s failed altogether: %s", path, type(error).__name__)
        if path == TEXTS:
            return Response(written, media_type="text/xml")
        if path.startswith(CALLS):
            return Response(said, media_type="text/xml")
        return Response("Something went wrong on our side.\n", 500, media_type="text/plain")

    return say
