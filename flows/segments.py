"""What a text message costs on the air: which alphabet it needs and how many parts it becomes."""

GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENDED = frozenset("\f^{}\\[~]|€")
GSM7_SINGLE, GSM7_PART = 160, 153
UCS2_SINGLE, UCS2_PART = 70, 67


def is_gsm7(text: str) -> bool:
    """Whether every letter is in the phone networks' cheap alphabet (á í ó ú are not)."""
    return all(letter in GSM7_BASIC or letter in GSM7_EXTENDED for letter in text)


def foreign_letters(text: str) -> str:
    """The letters that force the dear alphabet, each once, in order of appearance."""
    return "".join(dict.fromkeys(x for x in text if x not in GSM7_BASIC and x not in GSM7_EXTENDED))


def segments(text: str) -> int:
    """How many parts the network bills for this text; an empty text counts as one."""
    if is_gsm7(text):
        widths = [2 if letter in GSM7_EXTENDED else 1 for letter in text]
        return parts(widths, GSM7_SINGLE, GSM7_PART)
    widths = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    return parts(widths, UCS2_SINGLE, UCS2_PART)


def parts(widths: list[int], single: int, part: int) -> int:
    """Letters packed into parts; a letter of two units is never torn across two parts."""
    if sum(widths) <= single:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > part:
            count, used = count + 1, 0
        used += width
    return count
