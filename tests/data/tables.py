"""Two hundred tables of the kinds that people have, made here: as bytes, with what reading them should give."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

PEOPLE = [("Ann", 1.5, 20, "yes"), ("Bob", 2.25, 31, "no"), ("Zoë", -0.5, 44, "yes"), ("Élan", 1000.125, 7, "no")]
HEADER = ("name", "size", "age", "buys")
REPEATED = PEOPLE * 5


@dataclass(frozen=True)
class Case:
    """A file.

    Attributes:
        rows, columns: what it holds; None where it is to be refused.
        refusal: what the refusal says.
        size: the second column's sum, where it has the people's sizes.
    """

    name: str
    content: bytes
    rows: int | None = None
    columns: int | None = None
    refusal: str = ""
    size: float | None = None


def written(delimiter: str, decimal: str, newline: str, quoting: Literal[0, 1], header: bool) -> str:
    """The people, as a program would write them."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    if header:
        writer.writerow(HEADER)
    for name, size, age, buys in REPEATED:
        writer.writerow([name, str(size).replace(".", decimal), str(age), buys])
    return file.getvalue()


def people() -> Iterator[Case]:
    """Every way to write the same table: 96 of them."""
    total = sum(person[1] for person in REPEATED)
    encodings = [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16le", b"\xff\xfe"), ("cp1252", b"")]
    for delimiter, decimal in ((",", "."), (";", ","), ("\t", "."), ("|", "."), (";", "."), (",", ",")):
        for newline in ("\r\n", "\n"):
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
                for encoding, mark in encodings:
                    text = written(delimiter, decimal, newline, quoting, header=True)
                    name = f"{delimiter!r} {decimal!r} {newline!r} {quoting} {encoding} {len(mark)}"
                    yield Case(name, mark + text.encode(encoding), 20, 4, size=total)


def plain(name: str, text: str, rows: int, columns: int) -> Case:
    return Case(name, text.encode(), rows, columns)


def refused(name: str, content: bytes | str, words: str) -> Case:
    return Case(name, content.encode() if isinstance(content, str) else content, refusal=words)


def odd() -> Iterator[Case]:
    """What is unusual and right."""
    yield plain("one column", "x\n1\n2\n3\n", 3, 1)
    yield plain("one column without header", "1\n2\n3", 3, 1)
    yield plain("one cell", "7", 1, 1)
    yield plain("no header", "1,2,a\n3,4,b\n", 2, 3)
    yield plain("only texts with header", "colour,fruit\nred,apple\ngreen,apple\nred,plum\n", 3, 2)
    yield plain("only texts without header", "red,apple\nred,plum\ngreen,apple\n", 3, 2)
    yield plain("line breaks in quotes", 'text,n\n"two\nlines",1\n"a ""quote""",2\n', 2, 2)
    yield plain("separator in quotes", 'text;n\n"a;b";1\n"c";2\n', 2, 2)
    yield plain("commas in texts of a table with semicolons", "t;n\na, b, c;1\nd, e, f;2\n", 2, 2)
    yield plain("empty lines", "\n\na,b\n\n1,2\n\n\n3,4\n\n", 2, 2)
    yield plain("empty cells at the end of each row", "a,b,,\n1,2,,\n3,4,,\n", 2, 2)
    yield plain("a row of separators alone", "a,b\n1,2\n,\n3,4\n", 2, 2)
    yield plain("spaces around cells", " a , b \n 1 , 2 \n 3 , 4 \n", 2, 2)
    yield plain("old line ends", "a,b\r1,2\r3,4\r", 2, 2)
    yield plain("mixed line ends", "a,b\r\n1,2\n3,4\r5,6", 3, 2)
    yield plain("what separates is told", "sep=;\r\na;b\r\n1;2\r\n", 1, 2)
    yield plain("two columns of one name", "a,a\n1,2\n3,4\n", 2, 2)
    yield plain("a column without name", "a,\n1,2\n3,4\n", 2, 2)
    yield plain("missing in many words", "a,b\nNA,1\n?,2\n,3\nnull,4\n5,5\n", 5, 2)
    yield plain("thousands", 'a;b\n1.234,5;2\n"12.345.678,25";3\n', 2, 2)
    yield plain("thousands with points for decimals", 'a,b\n"1,234.5",2\n"12,345,678",3\n', 2, 2)
    yield plain("powers of ten", "a,b\n1e5,2E-3\n-1.5e+2,+4\n", 2, 2)
    yield plain("a hundred thousand rows", "x,y\n" + "".join(f"{k},{k % 7}\n" for k in range(100_000)), 100_000, 2)
    yield plain("a thousand columns", ",".join(f"c{k}" for k in range(1000)) + "\n" + "1," * 999 + "1\n", 1, 1000)
    yield plain("a name of any length", "n" * 5000 + ",b\n1,2\n", 1, 2)
    yield plain("names that are formulas", "=SUM(A1),<b>x</b>\n1,2\n3,4\n", 2, 2)
    yield plain("underscores are no numbers", "a,b\n1_0,1\n2_0,2\n", 2, 2)
    yield Case("utf-16 without mark", "a,b\n1,2\n".encode("utf-16le"), 1, 2)
    yield Case("utf-16 the other way round", b"\xfe\xff" + "a,b\né,2\n".encode("utf-16be"), 1, 2)


def wrong() -> Iterator[Case]:
    """What cannot be read, and why."""
    yield refused("nothing", b"", "is empty")
    yield refused("blank", b" \n\n \n", "is empty")
    yield refused("a mark alone", b"\xef\xbb\xbf", "is empty")
    yield refused("separators alone", ",,,\n,,,\n", "no values")
    yield refused("header alone", "a,b\n", "a header and no rows")
    yield refused("ragged", "a,b\n1,2\n3\n4,5\n", "Row 3 has 1 cell; expected 2")
    yield refused("ragged the other way", "a,b\n1,2\n3,4,5\n", "Row 3 has 3 cells; expected 2")
    yield refused("a title above the header", "My table\na,b,c\n1,2,3\n4,5,6\n", "Row 1 has 1 cell; expected 3")
    yield refused("decimal commas between commas", "a,b\n1,5,2,5\n1,2\n1,2\n", "Row 2 has 4 cells; expected 2")
    yield refused("a quote left open", 'a,b\n"1,2\n3,4\n', "a quote that is not closed")
    yield refused("a quote closed early", 'a,b\n"x"y,2\n', "quotes that cannot be read")
    yield refused("a workbook", b"PK\x03\x04" + bytes(1000), "Excel workbook")
    yield refused("an old workbook", b"\xd0\xcf\x11\xe0" + bytes(1000), "old Excel workbook")
    yield refused("a picture", b"\x89PNG\r\n\x1a\n" + bytes(1000), "picture")
    yield refused("a packed file", b"\x1f\x8b\x08" + bytes(1000), "packed")
    yield refused("zeros", bytes(1000), "not text")
    yield refused("zeros later", b"a,b\n1,2\n" * 1000 + b"\0", "not text")
    yield refused("half a utf-16 sign", b"\xff\xfea", "cannot be read as utf-16le")
    yield refused("too many rows", "1\n" * 100_005, "more than 100000 rows")
    yield refused("too many cells", ";".join(["1"] * 900) + "\n" + (";".join(["1"] * 900) + "\n") * 600, "450000 cells")
    yield refused("too many columns", "1," * 300_000, "expected at most 1000")
    yield refused("a cell of a megabyte", "a,b\n" + "x" * 2**20 + ",1\n", "longer than any should be")


def noise(count: int) -> Iterator[Case]:
    """Bytes of all kinds, a mebibyte and less; read or refused, but nothing else."""
    signs = [*'",;\t|\n\r .0123456789ab-eéNA', "\r\n", '""', "1,5", "\ufeff"]
    for seed in range(count):
        random = Random(seed)
        size = 2**20 if seed % 10 == 0 else random.randrange(1, 3000)
        if seed % 4 == 0:
            yield Case(f"noise {seed}", random.randbytes(size))
        else:
            text = "".join(random.choices(signs, k=size))[:size]
            yield Case(f"noise {seed}", text.encode(random.choice(["utf-8", "utf-16"])))


CASES = [*people(), *odd(), *wrong()]
NOISE = [*noise(60)]
