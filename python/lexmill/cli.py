"""The command line: `lexmill freq|cooc|sentences|report FILES...`, the same verbs as in Python."""

from __future__ import annotations

import argparse
import codecs
import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, NoReturn

from lexmill import _core
from lexmill._dates import column_of
from lexmill._errors import ColumnError, EntityError, InternalError
from lexmill._files import kind_of, replaced
from lexmill._optional import optional
from lexmill._result import Result, lines, shown
from lexmill.corpus import Corpus
from lexmill.gazetteer import Gazetteer
from lexmill.io import read
from lexmill.report import report
from lexmill.tokens import Tokens

SHOWN_ROWS = 20
# Exit codes as other tools have them: usage, data or files, stopped by Ctrl-C, the reader has left.
USAGE, FAILED, INTERRUPTED, PIPE_CLOSED = 2, 1, 130, 141

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# Options of a corpus that only some commands have; units that are no fields.
_BREAKS = ("line_breaks", "repair_breaks")
_UNITS = frozenset({"document", "paragraph", "sentence"})
_GROUPS = "count in groups of a field, or of time as in date:month"

_EXAMPLES = """examples:
  lexmill freq news/*.txt --stop-words english
  lexmill freq articles.csv --text body --meta outlet --by outlet --format csv --output words.csv
  lexmill cooc articles.jsonl --entities names.json --evidence
  lexmill cooc articles.jsonl --terms 200 --stop-words english --by date:year --compare 2023,2024
  lexmill cooc articles.jsonl --entities names.json --plot network.html
  lexmill sentences report.txt --measures flesch,lix --format json
  lexmill report articles.jsonl --entities names.json --output report.html

exit codes: 0 done, 1 a file or its data cannot be used, 2 wrong usage, 130 interrupted"""


class UsageError(Exception):
    """What was asked for cannot be done, whatever the files hold."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns the exit code."""
    try:
        options = _parser().parse_args(argv)
        options.run(options)
        sys.stdout.flush()
    except UsageError as e:
        return _complain(str(e), USAGE)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Python would write what is left at its end, and complain; there is nobody to read either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as e:
        named = f"{e.filename}: {e.strerror}" if e.filename is not None and e.strerror else str(e)
        return _complain(named, FAILED)
    except InternalError as e:
        return _complain(f"{e} (a defect of lexmill; please report it)", FAILED)
    except (ValueError, TypeError, ColumnError, EntityError, ImportError, MemoryError) as e:
        return _complain(str(e) or type(e).__name__, FAILED)
    return 0


def _complain(message: str, code: int) -> int:
    sys.stderr.write(f"lexmill: error: {' '.join(message.split())}\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="lexmill",
        description="Counts, connects and measures text.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"lexmill {_core.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    freq = _command(commands, "freq", "how often each word occurs", _freq)
    freq.add_argument("--ngrams", type=_sizes, default=1, metavar="N|A-B", help="words in a row (default 1)")
    freq.add_argument("--min-count", type=_from(0), default=1, metavar="N", help="leave out rarer terms")
    freq.add_argument("--by", metavar="FIELD", help=_GROUPS)
    _add_tokens(freq)
    _add_output(freq)

    cooc = _command(commands, "cooc", "which names occur together", _cooc)
    _add_names(cooc, required=False)
    words = "count words too: the N most frequent, or these; pairs of words where no names are given"
    cooc.add_argument("--terms", type=_terms, metavar="N|A,B", help=words)
    cooc.add_argument("--stop-words", metavar="LIST", help='leave out the words of a list, such as "english"')
    units = "sentence (default), paragraph, document, window:WORDS, sentences:NUMBER; several with commas"
    cooc.add_argument("--within", type=_list, default=["sentence"], metavar="UNIT", help=units)
    cooc.add_argument(
        "--p-value", action="store_true", help="add p- and q-values of the first test asked for"
    )
    cooc.add_argument("--measures", type=_list, default=["npmi", "log_likelihood"], metavar="A,B")
    cooc.add_argument("--contingency", action="store_true", help="add the cells o11, o12, o21, o22, e11")
    cooc.add_argument("--evidence", action="store_true", help="give the places behind the pairs instead")
    cooc.add_argument("--places", type=_from(1), default=3, metavar="N", help="places for a pair (default 3)")
    cooc.add_argument("--min-count", type=_from(0), default=1, metavar="N", help="leave out rarer pairs")
    cooc.add_argument("--by", metavar="FIELD", help=_GROUPS)
    compared = "two groups of --by: which pairs are tied more closely in the one"
    cooc.add_argument("--compare", type=_list, metavar="A,B", help=compared)
    drawn = "draw the network too, as .html or .svg (needs networkx and numpy)"
    cooc.add_argument("--plot", type=_written_as(".html", ".htm", ".svg"), metavar="FILE", help=drawn)
    _add_output(cooc)

    sentences = _command(commands, "sentences", "length and readability of each sentence", _sentences)
    sentences.add_argument("--measures", type=_list, default=["flesch", "flesch_kincaid"], metavar="A,B")
    sentences.add_argument("--no-text", action="store_true", help="leave out the sentences themselves")
    sentences.add_argument("--no-counts", action="store_true", help="leave out the counts")
    sentences.add_argument("--explain", action="store_true", help="add the rule that ended each sentence")
    sentences.add_argument(
        "--by", metavar="UNIT", help="readability of each document, paragraph or value of a field instead"
    )
    breaks = "what a line break within a paragraph means (default auto)"
    sentences.add_argument("--line-breaks", choices=("auto", "space", "end"), default="auto", help=breaks)
    sentences.add_argument(
        "--repair-breaks", action="store_true", help="join sentences that a page break cuts"
    )
    _add_output(sentences)

    page = _command(commands, "report", "a page of HTML: words, names, sentences, method", _report)
    _add_names(page, required=False)
    written = "where to write, as .html (default: standard output)"
    page.add_argument("--output", type=_written_as(".html", ".htm"), metavar="FILE", help=written)
    page.add_argument("--title", help="the heading of the page")
    page.add_argument("--by", metavar="FIELD", help="the field whose groups are compared")
    page.add_argument("--top", type=_from(1), default=25, metavar="N", help="words and names listed (25)")
    _add_tokens(page)
    return parser


def _command(commands: Any, name: str, told: str, run: Callable[[argparse.Namespace], None]) -> Any:
    parser = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    parser.set_defaults(run=run)
    files = parser.add_argument_group("input")
    known = (
        ".txt, .md, .jsonl, .csv, .tsv or .parquet files, or patterns; - reads one text from standard input"
    )
    files.add_argument("files", nargs="+", metavar="FILES", help=known)
    files.add_argument(
        "--text", default="text", metavar="FIELD", help='the field with the text (default "text")'
    )
    files.add_argument("--id", metavar="FIELD", help="the field with the id (default: file name and row)")
    files.add_argument("--meta", type=_list, default=[], metavar="A,B", help="further fields to keep")
    files.add_argument("--encoding", type=_encoding, help="of the files (default: UTF-8 or their mark)")
    files.add_argument("--language", default="en", help='such as "de" (default "en")')
    files.add_argument(
        "--threads", type=_from(1), metavar="N", help="default: all cores; same results for any"
    )
    return parser


def _add_tokens(parser: Any) -> None:
    words = parser.add_argument_group("what counts as a word")
    words.add_argument("--keep-case", action="store_true", help="count words as they are written")
    words.add_argument("--apostrophes", choices=("fold", "keep"), default="fold")
    words.add_argument("--hyphens", choices=("split", "keep"), default="split")
    words.add_argument("--possessives", choices=("keep", "strip"), default="keep")
    words.add_argument("--numbers", choices=("keep", "drop"), default="keep")
    words.add_argument("--normalize", choices=("NFC", "NFKC"))
    words.add_argument(
        "--stop-words", metavar="LIST", help='leave out the words of a list, such as "english"'
    )
    words.add_argument("--stem", metavar="LANGUAGE", help="a Snowball stemmer")
    words.add_argument("--min-chars", type=_from(1), default=1, metavar="N", help="leave out shorter words")


def _add_names(parser: Any, required: bool) -> None:
    names = parser.add_mutually_exclusive_group(required=required)
    names.add_argument("--entities", metavar="FILE", help="a gazetteer: JSON, JSONL, CSV, TSV or Parquet")
    names.add_argument("--names", type=_list, metavar="A,B,C", help="names without aliases")


def _add_output(parser: Any) -> None:
    output = parser.add_argument_group("output")
    output.add_argument("--format", choices=("table", "csv", "json", "arrow"), default="table")
    output.add_argument("--output", metavar="FILE", help="where to write (default: standard output)")
    shown = f"rows to give; 0 is all (default: {SHOWN_ROWS} for table, else all)"
    output.add_argument("--top", type=_from(0), metavar="N", help=shown)
    safe = "in CSV, put ' before texts that a spreadsheet would run as a formula"
    output.add_argument("--excel-safe", action="store_true", help=safe)


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _from(least: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.strip().isdecimal() or int(value) < least:
            raise argparse.ArgumentTypeError(f"{value!r} is no whole number from {least}")
        return int(value)

    return parse


def _terms(value: str) -> int | list[str]:
    return int(value) if value.strip().isdecimal() else _list(value)


def _written_as(*kinds: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        try:
            kind_of(value, *kinds)
        except ValueError as e:
            raise argparse.ArgumentTypeError(str(e)) from None
        return value

    return parse


def _sizes(value: str) -> int | tuple[int, int]:
    first, dash, last = value.partition("-")
    try:
        return (int(first), int(last)) if dash else int(first)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no size such as 2 and no range such as 1-3") from None


def _encoding(value: str) -> str:
    try:
        return codecs.lookup(value).name
    except LookupError:
        raise argparse.ArgumentTypeError(f"{value!r} is no known encoding") from None


@contextmanager
def _as_usage() -> Iterator[None]:
    """Options that the package refuses are wrong usage, not wrong data."""
    try:
        yield
    except (ValueError, TypeError) as e:
        raise UsageError(str(e)) from None


def _tokens(options: argparse.Namespace) -> Tokens:
    with _as_usage():
        return Tokens(
            case="keep" if options.keep_case else "lower",
            apostrophes=options.apostrophes,
            hyphens=options.hyphens,
            possessives=options.possessives,
            numbers=options.numbers,
            normalize=options.normalize,
            stop_words=options.stop_words,
            stem=options.stem,
            min_chars=options.min_chars,
        )


def _corpus(options: argparse.Namespace, tokens: Tokens | None = None) -> Corpus:
    settings = {"tokens": tokens, "language": options.language, "threads": options.threads}
    settings |= {name: given for name in _BREAKS if (given := getattr(options, name, None)) is not None}
    with _as_usage():
        Corpus([], **settings)
    by = getattr(options, "by", None)
    by = None if by is None or (options.command == "sentences" and by in _UNITS) else column_of(by)
    meta = [*options.meta, *([by] if by and by not in options.meta else [])]
    if options.files == ["-"]:
        if meta or options.id:
            raise UsageError(
                "standard input is one plain text and has no fields; name a file for --id, --meta, --by"
            )
        encoding = options.encoding or "utf-8"
        try:
            text = sys.stdin.buffer.read().decode(encoding)
        except UnicodeDecodeError as e:
            raise ValueError(f"standard input: byte {e.start} is not {encoding}; see --encoding") from None
        return Corpus([text], ids=["-"], **settings)
    if "-" in options.files:
        raise UsageError("- is standard input, which cannot be mixed with files")
    return read(
        options.files, text=options.text, id=options.id, meta=meta, encoding=options.encoding, **settings
    )


def _names(options: argparse.Namespace) -> Gazetteer | None:
    if options.names is not None:
        with _as_usage():
            return Gazetteer(options.names)
    return None if options.entities is None else Gazetteer.read(options.entities)


def _freq(options: argparse.Namespace) -> None:
    _check_output(options)
    tokens = _tokens(options)
    with _as_usage():
        Corpus([]).frequencies(ngrams=options.ngrams)
    result = _corpus(options, tokens).frequencies(
        ngrams=options.ngrams, min_count=options.min_count, by=options.by
    )
    _write(result, options)


def _cooc(options: argparse.Namespace) -> None:
    _check_output(options)
    if options.names is None and options.entities is None and options.terms is None:
        raise UsageError("name what to count: --entities, --names or --terms (see lexmill cooc --help)")
    if options.compare is not None and (len(options.compare) != 2 or not options.by):
        raise UsageError("--compare takes two groups of --by, as in --by outlet --compare A,B")
    if options.plot is not None:
        optional("networkx", "network")
    counting: dict[str, Any] = {
        "within": options.within,
        "terms": options.terms,
        "stop_words": options.stop_words,
    }
    shown: dict[str, Any] = {
        "measures": options.measures,
        "p_value": options.p_value,
        "contingency": options.contingency,
    }
    with _as_usage():
        Corpus([]).cooccurrences("terms" if options.terms else [], **counting, **shown)
    names = _names(options)
    entities = "terms" if names is None else names
    corpus = _corpus(options)
    least: dict[str, Any] = {"min_count": options.min_count, "by": options.by}
    if options.compare is not None:
        a, b = options.compare
        _write(corpus.compare_networks(entities, a, b, **counting, **least), options)
        return
    kept = options.places if options.evidence or options.plot else 0
    network = corpus.cooccurrences(entities, **counting, **shown, **least, evidence=kept)
    if options.plot is not None:
        network.plot().save(options.plot)
    _write(network.evidence() if options.evidence else network, options)


def _sentences(options: argparse.Namespace) -> None:
    _check_output(options)
    with _as_usage():
        Corpus([]).sentences(measures=options.measures)
    measures, counts = options.measures, not options.no_counts
    if options.by is None:
        text, explain = not options.no_text, options.explain
        table = _corpus(options).sentences(measures=measures, counts=counts, text=text, explain=explain)
    elif options.explain:
        raise UsageError("--explain is about sentences; leave --by out")
    else:
        table = _corpus(options).readability(measures=measures, by=options.by, counts=counts)
    _write(table, options)


def _report(options: argparse.Namespace) -> None:
    tokens, names = _tokens(options), _names(options)
    content = report(_corpus(options, tokens), names, title=options.title, by=options.by, top=options.top)
    with _opened(options.output) as out:
        out.write(content.encode("utf-8"))


def _check_output(options: argparse.Namespace) -> None:
    """What is wrong with the output is told before the work, not after."""
    if options.format == "arrow":
        if options.output is None and sys.stdout.isatty():
            raise UsageError("arrow is not for a terminal; name a file with --output, or redirect")
        optional("pyarrow", "arrow")


@contextmanager
def _opened(path: str | None) -> Iterator[IO[bytes]]:
    """Where the output goes, always as UTF-8."""
    if path is not None:
        with replaced(path) as file:
            yield file
        return
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _write(result: Result, options: argparse.Namespace) -> None:
    top = options.top
    if top is None:
        top = SHOWN_ROWS if options.format == "table" else 0
    shown = result.head(top) if top else result
    with _opened(options.output) as out:
        if options.format == "arrow":
            table = shown.to_arrow()
            with optional("pyarrow", "arrow").ipc.new_stream(out, table.schema) as stream:
                stream.write_table(table)
            return
        if options.format == "csv":
            lines = _csv_lines(shown, options.excel_safe)
        else:
            lines = _json_lines(shown) if options.format == "json" else _table_lines(shown, result)
        for line in lines:
            out.write(line.encode("utf-8"))


def _csv_lines(result: Result, excel_safe: bool) -> Iterator[str]:
    def safe(value: Any) -> Any:
        if excel_safe and isinstance(value, str) and value.startswith(_FORMULAS):
            return f"'{value}"
        return value

    # Floats are written with all their digits, null as nothing: what csv does.
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([safe(name) for name in result.columns])
    for row in result:
        writer.writerow([safe(value) for value in row.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _json_lines(result: Result) -> Iterator[str]:
    between = "[\n"
    for row in result:
        yield between + json.dumps(row, ensure_ascii=False, allow_nan=False, default=str)
        between = ",\n"
    yield "\n]\n" if len(result) else "[]\n"


def _table_lines(result: Result, whole: Result) -> Iterator[str]:
    table = result._table
    for line in lines(table.columns, table.types, shown(table, len(table), by=result._by())):
        yield f"{line}\n"
    if len(whole) > len(result):
        yield f"… {len(whole) - len(result):,} more (--top 0 for all)\n"
    yield f"{whole._caption()}\n"


if __name__ == "__main__":
    sys.exit(main())
