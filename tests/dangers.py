"""Danger phrases: one for every sign that pages, in both languages, with the level that it has by itself."""

from typing import NamedTuple

from flows.words import Level

E, U = Level.EMERGENCY, Level.URGENT


class Danger(NamedTuple):
    """What is written, the sign in it, and the level of reference C3 with an unknown day."""

    sign: str
    level: Level
    en: str
    es: str


DANGERS = (
    Danger("fever", U, "she has a fever of 102.5", "tiene fiebre de 39.5"),
    Danger("fever", E, "she has a fever and can't stay awake", "tiene fiebre de 39 y está confundido"),
    Danger("chills", U, "i can't stop shivering", "tengo escalofríos muy fuertes"),
    Danger("breath", E, "he can't breathe", "no puede respirar"),
    Danger("breath", U, "i am short of breath when i walk", "me falta el aire cuando camino"),
    Danger("dizzy_bp", E, "she passed out", "se desmayó"),
    Danger("dizzy_bp", U, "i feel very dizzy", "estoy muy mareado"),
    Danger("heart", U, "my heart is racing", "tengo el corazón acelerado"),
    Danger("headache", E, "worst headache of my life", "el peor dolor de cabeza de mi vida"),
    Danger("headache", U, "i have a new headache", "me duele la cabeza"),
    Danger("rash", U, "she has a new rash", "le salió un sarpullido"),
    Danger("agitation", U, "he is seeing things that are not there", "está viendo cosas que no están"),
    Danger("balance", U, "she keeps stumbling", "se tambalea al caminar"),
    Danger("confusion", U, "my husband is confused", "mi esposo está confundido"),
    Danger("confusion", E, "he doesn't know his own name", "no sabe quién es ni reconoce a su familia"),
    Danger("speech", E, "she can't speak", "no puede hablar"),
    Danger("speech", U, "he can't find his words", "no encuentra las palabras"),
    Danger("handwriting", U, "her handwriting is shaky", "su letra se ve temblorosa"),
    Danger("unresponsive", E, "i can't wake him up", "no lo puedo despertar"),
    Danger("unresponsive", U, "she is very drowsy", "está muy somnoliento"),
    Danger("seizure", E, "my husband is having a seizure", "mi esposo está convulsionando"),
    Danger("tremor", U, "my hands are trembling", "me tiemblan las manos"),
    Danger("bleed", E, "her nose won't stop bleeding", "no para de sangrar"),
    Danger("bleed", U, "there is blood in my urine", "tengo sangre en la orina"),
    Danger("infection", U, "there is pus at my port", "me sale pus del catéter"),
    Danger("chest_pain", E, "i have chest pain", "me duele el pecho"),
    Danger("weakness", E, "sudden weakness in her right arm", "de repente no puede mover el brazo derecho"),
    Danger("vision", E, "i am seeing double", "veo doble"),
    Danger("vision", U, "my vision is blurry", "veo borroso"),
    Danger("stroke", E, "one side of his face is drooping", "tiene la cara caída de un lado"),
    Danger("allergy", E, "her tongue is swelling", "se le hincha la lengua"),
    Danger("suicide", E, "i have a plan to kill myself", "tengo un plan para matarme"),
    Danger("suicide", U, "i wish i was dead", "quisiera estar muerto"),
    Danger("belly_dehyd", U, "no pee for 12 hours", "no ha orinado en 12 horas"),
    Danger("line", U, "my picc line fell out", "se me salió el catéter"),
    Danger("fall", E, "he fell and hit his head", "se cayó y se golpeó la cabeza"),
)

S = Level.SAME_DAY
# Soft signs: they ask first, and page when the answer is worrying or does not come.
DOUBTS = (
    Danger("nv", S, "i threw up twice", "vomité dos veces"),
    Danger("diarrhea", S, "i have diarrhea", "tengo diarrea"),
    Danger("fatigue", S, "i am so tired", "estoy muy cansada"),
    Danger("aches", S, "my knees ache", "me duelen las rodillas"),
    Danger("infection", S, "i have a cold and a sore throat", "tengo gripa y dolor de garganta"),
    Danger("fever", S, "my temp is 99.7", "tengo 37.6 de temperatura"),
    Danger("chills", S, "i felt cold for a moment", "sentí un poco de frío"),
    Danger("vague", S, "i don't feel well", "no me siento bien"),
    Danger("belly_dehyd", S, "i have a stomach ache", "me duele la barriga"),
    Danger("swelling", S, "my ankles are swollen", "tengo los tobillos hinchados"),
    Danger("relapse_new", S, "i found a lump in my armpit", "me salió una bolita en la axila"),
)
