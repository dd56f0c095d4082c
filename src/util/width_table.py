"""Prints the C header with the ranges of code points that are not 1 wide.

Wide is what UAX #11 calls W or F; zero wide are combining marks, format
characters and the vowels and finals of decomposed Hangul.  Spacing marks are
1 wide but belong to the character before them.
"""

import unicodedata

ZERO, SPACING, WIDE = "WIDTH_ZERO", "WIDTH_SPACING", "WIDTH_WIDE"

# Unassigned here means newer than this Python: what comes will be wide.  For
# all other unassigned ones unicodedata's answer means nothing.
FUTURE_WIDE = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
    (0x1F6D0, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF),
    (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),
)
HANGUL_TAILS = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF))


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def kind(code):
    char = chr(code)
    category = unicodedata.category(char)
    if within(code, HANGUL_TAILS):
        return ZERO
    if category in ("Mn", "Me", "Cf") and code != 0xAD:
        return ZERO
    if category == "Mc":
        return SPACING
    if category == "Cn":
        return WIDE if within(code, FUTURE_WIDE) else None
    if unicodedata.east_asian_width(char) in "WF":
        return WIDE
    return None


def ranges():
    first, current = 0, None
    for code in range(0x80, 0x110001):
        found = kind(code) if code < 0x110000 else None
        if found != current:
            if current is not None:
                yield first, code - 1, current
            first, current = code, found


def main():
    print("/* Made by width_table.py from Unicode %s. */"
          % unicodedata.unidata_version)
    print("static const struct width_range width_table[] = {")
    for first, last, found in ranges():
        print("\t{ 0x%x, 0x%x, %s }," % (first, last, found))
    print("};")


main()
