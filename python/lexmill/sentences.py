"""One row a sentence: with counts and scores, or where it stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from lexmill import _check, _core
from lexmill._input import documents, refuse_fixed
from lexmill._options import WordLists
from lexmill._result import Result
from lexmill.corpus import Corpus, asked
from lexmill.tokens import Tokens


def sentence_metrics(
    texts: Any,
    *,
    tokens: Tokens | None = None,
    measures: Sequence[str] = ("flesch", "flesch_kincaid"),
    language: str = "en",
    abbreviations: Iterable[str] = (),
    repair_breaks: bool = False,
    line_breaks: Literal["auto", "space", "end"] = "auto",
    explain: bool = False,
    entities: Any = None,
    word_lists: WordLists | None = None,
    by: Any = None,
    text: str | None = None,
    id: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Result:
    """Measure every sentence of a collection of texts.

    The texts are not kept: of a corpus that is asked more than this, `Corpus.sentences` answers sooner.

    Parameters
    ----------
    texts : column of str, table or Corpus
        As in `word_frequencies`.
    tokens : Tokens, optional
        Kept with the result; the counts here follow the readability formulas: a hyphenated compound
        is one word, a contraction is one word, numbers count.
    measures : sequence of str, default ("flesch", "flesch_kincaid")
        Readability formulas, see `lexmill.measures("readability")`.
    language : str, default "en"
        The language whose abbreviations and syllables are known.
    abbreviations : iterable of str, optional
        Further abbreviations after which no sentence ends.
    repair_breaks : bool, default False
        Join sentences that a blank line cuts, as page breaks do.
    line_breaks : {"auto", "space", "end"}, default "auto"
        What a line break within a paragraph means, as in `Corpus`.
    explain, entities, word_lists
        As in `Corpus.sentences`.
    by : str or sequence, optional
        Adds the group of each sentence as the first column, as in `word_frequencies`.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    Result
        One row a sentence, in the order of the texts: `doc`, `doc_id` where ids were given,
        `sentence` (counted within the document), `start` and `end` (positions in the document's
        string), `n_words`, `n_characters` (letters and digits in words), `n_letters`, `n_syllables`,
        `n_polysyllables` (words of three syllables or more), `n_long_words` (words of more than six
        letters), `n_unfamiliar_…` for each word list, the scores, `rule` and `entities` where asked for,
        and `text`. A missing document is one row of nulls.

    Raises
    ------
    TypeError, ValueError, ColumnError
        As in `Corpus`.

    Examples
    --------
    >>> import lexmill as lm
    >>> rows = lm.sentence_metrics(["Dr. Smith left at 5 p.m. on Tuesday. He slept."]).to_dicts()
    >>> [(row["text"], row["n_words"]) for row in rows]
    [('Dr. Smith left at 5 p.m. on Tuesday.', 8), ('He slept.', 2)]
    """
    corpus, by = asked(
        texts,
        text,
        id,
        by=by,
        tokens=tokens,
        language=language,
        abbreviations=abbreviations,
        repair_breaks=repair_breaks,
        line_breaks=line_breaks,
        threads=threads,
        progress=progress,
    )
    names = _check.names("measures", measures)
    return corpus.sentences(measures=names, explain=explain, entities=entities, word_lists=word_lists, by=by)


def sentences(
    texts: Any,
    *,
    language: str = "en",
    abbreviations: Iterable[str] = (),
    repair_breaks: bool = False,
    line_breaks: Literal["auto", "space", "end"] = "auto",
    explain: bool = False,
    positions_only: bool = False,
    text: str | None = None,
    id: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Result:
    """Cut every text of a collection into sentences, and count nothing.

    The same sentences as those of a `Corpus`, several times as fast because no word is looked at.

    Parameters
    ----------
    texts : column of str, table or Corpus
        As in `word_frequencies`.
    language, abbreviations, repair_breaks, line_breaks
        As in `Corpus`.
    explain : bool, default False
        Adds `rule`, the name of the rule that ended the sentence.
    positions_only : bool, default False
        Leaves the column `text` out.
    text, id : str, optional
        The columns of texts and of ids, where `texts` is a table.
    threads, progress
        As in `word_frequencies`.

    Returns
    -------
    Result
        One row a sentence, in the order of the texts: `doc`, `doc_id` where ids were given,
        `sentence` (counted within the document), `start` and `end` (positions in the document's
        string), `rule` where asked for, and `text`. A missing document is one row of nulls.

    Raises
    ------
    TypeError, ValueError, ColumnError
        As in `Corpus`.

    See Also
    --------
    sentence_metrics : sentences with counts and scores.

    Examples
    --------
    >>> import lexmill as lm
    >>> table = lm.sentences(["Dr. Smith left at 5 p.m. on Tuesday. He slept.", "Why?"])
    >>> table.column("text")
    ['Dr. Smith left at 5 p.m. on Tuesday.', 'He slept.', 'Why?']
    """
    explain = _check.flag("explain", explain)
    positions_only = _check.flag("positions_only", positions_only)
    if isinstance(texts, Corpus):
        refuse_fixed(
            language=language,
            abbreviations=abbreviations,
            repair_breaks=repair_breaks,
            line_breaks=line_breaks,
            text=text,
            id=id,
            threads=threads,
            progress=progress,
        )
        return texts.sentences(counts=False, text=not positions_only, explain=explain)
    given = documents(texts, None, None, text, id)
    options: dict[str, Any] = {
        "language": _check.text("language", language),
        "abbreviations": _check.texts("abbreviations", abbreviations),
        "repair_breaks": _check.flag("repair_breaks", repair_breaks),
        "line_breaks": _check.text("line_breaks", line_breaks),
    }
    table, n_documents = _core.sentences(
        given.texts,
        ids=given.ids,
        **options,
        text=not positions_only,
        rule=explain,
        threads=_check.threads(threads),
        progress=_check.progress(progress),
    )
    return Result(table, {"verb": "sentences", **options, "documents": n_documents})
