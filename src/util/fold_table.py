"""Prints the C header with the letters whose lower case is another one.

Unicode's simple lower-case mapping, as ranges: from first to last every step-th
code point becomes itself plus delta.
"""

import unicodedata


def mappings():
    for code in range(0x80, 0x110000):
        lower = chr(code).lower()
        if len(lower) == 1 and ord(lower) != code:
            yield code, ord(lower) - code


def ranges():
    first = last = step = delta = None
    for code, change in mappings():
        if first is not None and change == delta:
            if step is None and code - last in (1, 2):
                step = code - last
            if code - last == step:
                last = code
                continue
        if first is not None:
            yield first, last, step or 1, delta
        first = last = code
        step, delta = None, change
    yield first, last, step or 1, delta


def main():
    print("/* Made by fold_table.py from Unicode %s. */"
          % unicodedata.unidata_version)
    print("static const struct fold_range fold_table[] = {")
    for item in ranges():
        print("\t{ 0x%x, 0x%x, %d, %d }," % item)
    print("};")


main()
