"""Prints the C header with the tables of slug.c.

usage: slug_table.py DATA_BIN      (text-unidecode's data.bin)

Compatibility decomposition (NFKD) and transliteration are folded into one
look-up.  A code point's string is the transliteration of its decomposition.
A byte from 0x80 on begins a piece: 0x80 one that stays where it is, above it
a combining mark's, in the order of the canonical combining classes, so that
slug.c can put marks in canonical order.  Characters that can only part words
are all written as a blank.  Hangul syllables are left to slug.c's arithmetic.
"""

import html.entities
import re
import sys
import unicodedata

LIMIT = 0x2FB00        # beyond, all decompose to themselves and vanish
HANGUL = range(0xAC00, 0xD7A4)


def load(path):
    with open(path, "rb") as file:
        return file.read().decode("ascii").split("\0")


def transliterate(table, char):
    code = ord(char)
    if code == 0:
        return " "
    text = table[code - 1] if code <= len(table) else ""
    return re.sub(r"[^-a-zA-Z0-9&#;,']+", " ", text)


def decompose(code):
    if 0xD800 <= code <= 0xDFFF:
        return ""
    return unicodedata.normalize("NFKD", chr(code))


def pieces(table, code, classes):
    """The bytes of a code point's string."""
    out, marked = b"", False
    if code in HANGUL:
        return out
    for i, char in enumerate(decompose(code)):
        text = transliterate(table, char).encode()
        mark = unicodedata.combining(char)
        if mark and text:
            out += bytes([0x81 + classes.index(mark)]) + text
        elif not mark:
            if marked or (i == 0 and not text):
                out += b"\x80"
            out += text
        if mark and text or not mark:
            marked = bool(mark)
    return out


def mark_classes(table):
    marks = (chr(code) for code in range(LIMIT)
             if unicodedata.combining(chr(code)))
    return sorted({unicodedata.combining(char) for char in marks
                   if transliterate(table, char)})


def build_pool(strings):
    """NUL-ended strings, each shared with the tail of a longer one."""
    pool, offsets = b"", {}
    for string in sorted(strings, key=lambda s: (-len(s), s)):
        offset = pool.find(string + b"\0")
        if offset < 0:
            offset = len(pool)
            pool += string + b"\0"
        offsets[string] = offset
    return pool, offsets


def reference(code):
    """What is left of a character that an entity stood for."""
    text = decompose(code).lower()
    text = re.sub(r"[^a-z0-9,']+", " ", text)
    return "" if text == " " or code < 0x80 else text


def print_array(kind, name, numbers):
    print("static const %s %s[] = {" % (kind, name))
    numbers = list(numbers)
    for i in range(0, len(numbers), 16):
        print("\t" + ", ".join(map(str, numbers[i:i + 16])) + ",")
    print("};\n")


def print_pages(table, classes):
    strings = [pieces(table, code, classes) for code in range(LIMIT)]
    pool, offsets = build_pool(set(strings))
    growth = max(-(-(len(s) + 1) // len(chr(code).encode(errors="replace")))
                 for code, s in enumerate(strings))
    pages, index = {}, []
    for first in range(0, LIMIT, 256):
        page = tuple(offsets[s] for s in strings[first:first + 256])
        index.append(pages.setdefault(page, len(pages)))
    assert len(pool) <= 0x10000 and len(pages) <= 256, "too many for slug.c"
    print("enum { SLUG_LIMIT = %d, SLUG_CLASSES = %d, SLUG_GROWTH = %d };\n"
          % (LIMIT, len(classes), growth))
    print_array("unsigned char", "slug_pool", pool)
    print_array("unsigned char", "slug_page", index)
    print_array("uint16_t", "slug_offset", (o for page in pages for o in page))


def print_references():
    found = {code: reference(code).encode() for code in range(0x110000)}
    found = {code: text for code, text in found.items() if text}
    pool, offsets = build_pool(set(found.values()))
    print("enum { REFERENCE_MOST = %d };\n" % max(map(len, found.values())))
    print_array("char", "reference_pool", pool)
    print_array("uint32_t", "reference_code", found)
    print_array("uint16_t", "reference_offset",
                (offsets[text] for text in found.values()))


def print_entities():
    entities = sorted(html.entities.name2codepoint.items())
    pool, offsets = build_pool({name.encode() for name, _ in entities})
    print_array("char", "entity_pool", pool)
    print("static const struct entity {")
    print("\tuint16_t name, code;")
    print("} entities[] = {")
    for name, code in entities:
        print("\t{ %d, %d },\t/* %s */" % (offsets[name.encode()], code, name))
    print("};")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: slug_table.py DATA_BIN")
    table = load(sys.argv[1])
    print("/* Made by slug_table.py from text-unidecode and Unicode %s. */\n"
          % unicodedata.unidata_version)
    print_pages(table, mark_classes(table))
    print_references()
    print_entities()


main()
