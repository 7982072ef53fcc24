"""What people text in a schedule. A flag names the sign that its case must have."""

FLAGS: dict[str, str] = {
    "my husband is having a seizure right now": "seizure",
    "he cannot breathe": "breath",
    "she has a fever of 102.5": "fever",
    "my dad is confused, he does not know where he is": "confusion",
    "crushing chest pain": "chest_pain",
    "she won't wake up": "unresponsive",
    "i want to kill myself": "suicide",
    "mi esposo está convulsionando": "seizure",
    "tengo fiebre de 39.5": "fever",
    "no puede respirar": "breath",
    "mi mamá no despierta": "unresponsive",
}
SOFT = (
    "i feel a bit dizzy",
    "headache since this morning",
    "estoy muy cansado",
    "there is a rash on my arm",
    "vomiting a lot today",
    "tengo diarrea",
)
ANSWERS = (
    "1",
    "2",
    "3",
    "0",
    "yes",
    "no",
    "si",
    "99.1",
    "I called 911",
    "we are at the ER",
    "mild",
    "fuerte",
    "nobody",
)
ORDINARY = (
    "hi",
    "MENU",
    "BACK",
    "MORE",
    "what does it cost",
    "español",
    "English",
    "PERSON",
    "NOW",
    "help",
    "thanks",
    "cuándo puedo manejar",
)
STOPS = ("STOP", "START", "stop all of this", "ALTO", "unstop")
ODD = (
    "",
    "\x00\x01\x02",
    "😀" * 300,
    "a" * 1600,
    "שלום \u202eabc",
    "<Response/>",
    "&amp;",
    "A 1234",
    "   ",
    "\r\n\r\n",
)
COMMANDS = (
    "A {1}",
    "a{1}",
    "A",
    "P {1}",
    "P",
    "D {1}",
    "D",
    "?",
    "A {2}",
    "D {2}",
    "'accept' {1}",
    "A 9999",
    "ok thanks",
)
STAFF_STOPS = ("STOP", "START")
# No page, URL or status may hold any of these: they would say what somebody is ill with.
PRIVATE = (
    "seizure", "breathe", "fever", "confus", "chest", "wake", "kill", "convuls", "fiebre", "respirar", "despierta",
    "rash", "dizzy", "headache", "cansado", "vomit", "diarrea",
)  # fmt: skip
PATIENTS = {"patient": "+15555550171", "daughter": "+15555550172"}
STAFF = {"ana": "+15555550111", "ben": "+15555550112", "carla": "+15555550121", "dev": "+15555550131"}
PEOPLE = {**PATIENTS, **STAFF, "admin": "+15555550190"}
