"""How many SMS segments a text takes, as the carrier counts them."""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_ESCAPED = frozenset("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """GSM-7 160 or 153 to a segment, anything else UCS-2 70 or 67; a pair is never cut in two."""
    if all(letter in GSM or letter in GSM_ESCAPED for letter in text):
        widths, one, many = [2 if letter in GSM_ESCAPED else 1 for letter in text], 160, 153
    else:
        widths, one, many = [2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67
    if sum(widths) <= one:
        return 1
    count, room = 1, many
    for width in widths:
        if width > room:
            count, room = count + 1, many
        room -= width
    return count
