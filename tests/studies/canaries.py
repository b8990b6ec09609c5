"""Search the bytes of files for planted words: canaries.py WORDS FILE... WORDS holds one word a line; a line that begins with
`day ` is a day, looked for as a number among the answers of a table too. Prints `FILE: WORD (how)` for each that is found, and ends with 1 where one is.
Python's own readers, none of ours: what is packed is unpacked, and a table is read as SQLite reads it, so that a text is found
that lies in two places of the file, and one that was deleted is found by its bytes."""
import base64
import datetime
import gzip
import io
import re
import sqlite3
import sys
import zipfile

EPOCH = datetime.date(1970, 1, 1)


def spellings(word):
    """The word as others may have written it: (bytes, how)."""
    plain = word.encode()
    yield plain.lower(), "as it is"
    yield plain[::-1].lower(), "backwards"
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        yield word.lower().encode(encoding), encoding
    yield plain.hex().encode(), "hexadecimal"
    yield "".join(f"%{byte:02x}" for byte in plain).encode(), "percent"
    for before in range(3):  # where in a longer text it began
        coded = base64.b64encode(b"\0" * before + plain)
        yield coded[(0, 2, 3)[before] : (before + len(plain)) * 4 // 3].lower(), "base64"


def patterns(words):
    found = {}
    for word in words:
        for spelt, how in spellings(word):
            if len(spelt) >= 6:
                found.setdefault(spelt, (word, how))
    return found


def hits(known, data):
    small = data.lower()
    return {what for spelt, what in known.items() if spelt in small}


def in_blocks(words):
    """SPSS writes texts in blocks of eight bytes, after eight blocks eight of what they are."""
    parts = []
    for word in words:
        plain = word.lower().encode()
        for at in range(1, len(plain)):
            parts.append(re.escape(plain[:at]) + b".{8}" + re.escape(plain[at:]))
    return re.compile(b"|".join(parts), re.S)


def unpacked(data, depth=0):
    yield data
    if depth > 3:
        return
    try:
        if data[:2] == b"\x1f\x8b":
            yield from unpacked(gzip.decompress(data), depth + 1)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for name in packed.namelist():
                    yield name.encode()
                    yield from unpacked(packed.read(name), depth + 1)
    except (OSError, EOFError, zipfile.BadZipFile):
        return


def cells(path):
    """Every text of every table, and the numbers of those that hold answers."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    base.text_factory = bytes
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in base.execute('SELECT * FROM "' + name.decode() + '"'):
            yield from (cell for cell in row if isinstance(cell, bytes) or name in (b"respondents", b"records", b"scores"))
    base.close()


def search(path, words, days):
    with open(path, "rb") as file:
        data = file.read()
    known, seen = patterns(words), set()
    for part in unpacked(data):
        seen |= hits(known, part)
    if data[:4] in (b"$FL2", b"$FL3"):
        seen.update((hit.group().decode("latin-1"), "in blocks") for hit in in_blocks(words).finditer(data.lower()))
    if data[:15] == b"SQLite format 3":
        texts = []
        for cell in cells(path):
            if isinstance(cell, bytes):
                texts.append(cell)
            elif cell in days:
                seen.add((days[cell], "a number of days or seconds"))
        seen |= hits(known, b"\n".join(texts))
    return sorted(seen)


def main():
    words, days = [], {}
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("day "):
                day = datetime.date.fromisoformat(line[4:])
                count = (day - EPOCH).days
                for number in (count, count * 86400, count + 141428, (count + 141428) * 86400):  # ours, Unix, SPSS
                    days[number] = line[4:]
                words += [line[4:], day.strftime("%d/%m/%Y"), day.strftime("%d.%m.%Y")]
            elif line:
                words.append(line)
    any_found = False
    for path in sys.argv[2:]:
        for word, how in search(path, words, days):
            any_found = True
            print(f"{path}: {word} ({how})")
    sys.exit(1 if any_found else 0)


main()
