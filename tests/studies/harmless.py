"""Read what a study's chain wrote as its readers' programs would: harmless.py FILE... Prints a line for each file that is well
formed and in which nothing is active; else says what is wrong and ends with 1. Python's own parsers, none of ours."""
import csv
import io
import json
import re
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = {"meta", "br", "hr", "img", "input", "link", "col", "wbr"}
OURS = set("html head meta title style body a header footer main nav section article h1 h2 h3 h4 p strong em code bdi pre span div ul ol li "
           "dl dt dd table caption thead tbody tfoot tr th td br abbr time small figure figcaption".split())


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.text = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in OURS:
            self.wrong.append(f"an element that we write nowhere: {tag}")
        for name, value in attributes:
            if name.startswith("on") or re.match(r"\s*(javascript|data|vbscript):", value or "", re.I):
                self.wrong.append(f"active: {tag} {name}={value}")
            if name in ("src", "srcset", "srcdoc", "formaction", "action"):
                self.wrong.append(f"asks for something: {tag} {name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what was not opened")

    def handle_data(self, data):
        if re.search("[\u202a-\u202e\u2066-\u2069]", data) and "bdi" not in self.open and self.open[-1:] in (["p"], ["li"], ["dd"]):
            self.wrong.append(f"a mark of direction turns round what follows it: {data[:40]!r}")

    def handle_comment(self, data):
        self.wrong.append(f"a comment: {data[:40]}")

    def handle_pi(self, data):
        self.wrong.append(f"an instruction: {data[:40]}")

    def unknown_decl(self, data):
        self.wrong.append(f"a declaration: {data[:40]}")


def html(text):
    page = Page()
    page.feed(text)
    page.close()
    return page.wrong + ([f"never closed: {page.open}"] if page.open else [])


NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?([eE][+-]?[0-9]+)?%?")


def table(text):
    wrong = []
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            wrong.append(f"record {i + 1} has {len(row)} fields, not {len(rows[0])}")
        for field in row:
            if field[:1] in ("=", "+", "-", "@", "\t", "\r") and not NUMBER.fullmatch(field) and field != "-":
                wrong.append(f"record {i + 1}: a spreadsheet would run {field[:40]!r}")
    return wrong


def lines(text):
    for line in text.splitlines():
        json.loads(line)
    return []


def markdown(text):
    """Outside code, no markup and no link but to a file beside it."""
    wrong = []
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    # A backslash takes the next character's meaning away.
    bare = re.sub(r"\\.", "", text)
    bare = re.sub(r"`[^`\n]*`", "", bare)
    for found in re.findall(r"<(?!br>)[a-zA-Z/!][^>]*>?", bare):  # <br> is a line end of ours
        wrong.append(f"markup: {found[:40]}")
    for found in re.findall(r"!?\[[^\]\n]*\]\(([^)\n]*)\)", bare):
        if re.match(r"\s*[a-z]+:", found, re.I) and not found.startswith(("https:", "mailto:")):
            wrong.append(f"a link: {found[:40]}")
    tables = re.findall(r"(?:^\|.*\n?)+", bare, flags=re.M)
    for one in tables:
        if len({row.count("|") for row in one.splitlines()}) != 1:
            wrong.append(f"a table whose rows differ: {one[:60]!r}")
    return wrong


def latex(text):
    bare = re.sub(r"(?<!\\)%.*", "", text)
    wrong = [f"a command: {found}" for found in re.findall(r"\\(?:input|include|write|openout|immediate|csname|def|let)\b", bare)]
    bare = re.sub(r"\\[\\{}$&#_%~^]", "", bare)
    if bare.count("{") != bare.count("}"):
        wrong.append("braces that do not match")
    return wrong


def xml(text):
    ElementTree.fromstring(text)
    return ["an entity of its own"] if "<!ENTITY" in text or "<!DOCTYPE" in text else []


def json_text(text):
    json.loads(text)
    return []


KINDS = {"html": html, "csv": table, "jsonl": lines, "json": json_text, "sarif": json_text, "xml": xml, "md": markdown,
         "tex": latex, "txt": lambda text: []}


def main(paths):
    failed = False
    for path in paths:
        kind = path.rsplit(".", 1)[-1]
        try:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
            wrong = KINDS[kind](text) if kind in KINDS else [f"a format that nobody checks: {kind}"]
            wrong += [f"a control character: {found!r}" for found in re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)[:3]]
        except (ValueError, csv.Error, ElementTree.ParseError) as error:
            wrong = [f"does not parse: {error}"]
        for one in wrong[:6]:
            print(f"{path}: {one}", file=sys.stdout)
        failed = failed or bool(wrong)
        if not wrong:
            print(f"{path}: {kind}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
