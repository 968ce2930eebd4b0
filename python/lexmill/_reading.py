"""The verbs of a corpus about its sentences, paragraphs and words, and how hard they are to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from lexmill import _check, _core, _dates
from lexmill._options import WordLists, by_name, list_sizes, named_lists
from lexmill._result import Result
from lexmill.gazetteer import Gazetteer
from lexmill.measures import described, selected

if TYPE_CHECKING:
    from lexmill._core import Table
    from lexmill.corpus import Corpus
    from lexmill.heatmap import Heatmap

_FLESCH = ("flesch", "flesch_kincaid")


class Reading:
    """What `Corpus` answers about reading; not to be made by itself."""

    __slots__ = ()

    if TYPE_CHECKING:
        _core: _core.Corpus

        def _groups(self, by: Any) -> Any: ...
        def _question(self, verb: str, **options: Any) -> dict[str, Any]: ...
        def text(self, doc: int) -> str | None: ...
        def __len__(self) -> int: ...

    def sentences(
        self,
        *,
        measures: Sequence[str] | None = None,
        counts: bool = True,
        text: bool = True,
        explain: bool = False,
        entities: Any = None,
        word_lists: WordLists | None = None,
        by: Any = None,
    ) -> Result:
        """One row a sentence, with its counts and scores.

        Parameters
        ----------
        measures : sequence of str, optional
            Names of readability formulas, see `lexmill.measures("readability")`. Default: "flesch" and
            "flesch_kincaid"; none if `counts` is False.
        counts : bool, default True
            Whether the counts are columns. Without them and without measures nothing is counted.
        text : bool, default True
            Whether the sentence itself is a column.
        explain : bool, default False
            Adds `rule`, the name of the rule that ended the sentence; `boundaries` tells more.
        entities : Gazetteer, or mapping, list or table that makes one, optional
            Adds `entities`, the names in the sentence.
        word_lists : mapping, optional
            Lists of familiar words for the formulas that need one, as in `readability`.
        by : metadata column or sequence, optional
            Adds the group of each sentence as the first column, as in `word_frequencies`.

        Returns
        -------
        Result
            The columns of `sentence_metrics`: `doc`, `doc_id` where ids were given, `sentence`, `start`,
            `end`, counts, `n_unfamiliar_…` for each word list, scores; then, where asked for, `rule`,
            `entities` (canonical names, each once, in the order of first mention, joined by "; "; empty
            where there is none) and `text`. A missing document is one row of nulls.

        Raises
        ------
        ValueError
            If a measure is unknown, or needs a word list that is not given; the message names it.

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["Dr. Babbage left at 5 p.m. He met Ada."])
        >>> rows = corpus.sentences(explain=True, entities={"Ada Lovelace": ["Ada"]})
        >>> [(row["rule"], row["entities"]) for row in rows]
        [('abbreviation_end', ''), ('full_stop', 'Ada Lovelace')]
        """
        counts = _check.flag("counts", counts)
        if measures is None:
            measures = _FLESCH if counts else ()
        names, lists = selected("readability", measures), named_lists(word_lists)
        gazetteer = None if entities is None else Gazetteer._of(entities)
        core = None if gazetteer is None else gazetteer._core
        text, explain = _check.flag("text", text), _check.flag("explain", explain)
        by = self._groups(by)
        table = self._labelled(by, lambda: self._core.sentences(names, counts, text, explain, core, lists))
        asked = {
            "by": by_name(by),
            "counts": None if counts else False,
            "explain": explain or None,
            "entities": None if gazetteer is None else len(gazetteer),
            "word_lists": list_sizes(lists),
        }
        asked = {name: value for name, value in asked.items() if value is not None}
        return Result(table, self._question("sentences", **asked, measures=described("readability", names)))

    def _labelled(self, by: Any, made: Callable[[], Table]) -> Table:
        """A table of documents' parts, the group of each first; a wrong `by` is told before it is made."""
        if by is None:
            return made()
        labels = self._core.labels(by)
        table = made()
        return labels.take(table.column("doc")).join(table)

    def boundaries(self, *, by: Any = None) -> Result:
        """Every sentence boundary and every near miss, with the rule that decided it.

        Parameters
        ----------
        by : metadata column or sequence, optional
            Adds the group of each place as the first column, as in `word_frequencies`.

        Returns
        -------
        Result
            One row a place, in the order of the texts: `doc`, `doc_id` where ids were given, `position`
            (where a sentence ends or might have ended, in the document's string), `is_boundary`, `rule`
            (its name), `why` (the rule in a sentence), `context` (30 characters on either side, white
            space as one space, "|" at the position).

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["Dr. Smith left at 5 p.m. on Tuesday. He slept."])
        >>> for row in corpus.boundaries():
        ...     print(row["position"], row["is_boundary"], row["rule"])
        3 False title
        22 False inside
        24 False abbreviation
        36 True full_stop
        46 True full_stop
        """
        by = self._groups(by)
        table = self._labelled(by, self._core.boundaries)
        return Result(table, self._question("boundaries", by=by_name(by)))

    def paragraphs(
        self,
        *,
        measures: Sequence[str] = (),
        text: bool = False,
        word_lists: WordLists | None = None,
        by: Any = None,
    ) -> Result:
        """One row a paragraph, with its counts and, if asked for, its scores.

        Paragraphs are parted by blank lines, page breaks or paragraph separators; a heading is one of
        its own.

        Parameters
        ----------
        measures : sequence of str, default ()
            Names of readability formulas, see `lexmill.measures("readability")`.
        text : bool, default False
            Whether the paragraph itself is a column.
        word_lists : mapping, optional
            As in `readability`.
        by : metadata column or sequence, optional
            Adds the group of each paragraph as the first column, as in `word_frequencies`.

        Returns
        -------
        Result
            One row a paragraph, in the order of the texts: `doc`, `doc_id` where ids were given,
            `paragraph` (counted within the document), `start` and `end` (positions in the document's
            string), `n_sentences` (those that hold a word), the counts of `sentence_metrics`, the scores,
            and `text`. A missing document is one row of nulls; a text without a sentence has no row.

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["One is here. Two too.\\n\\nThree."])
        >>> [(row["start"], row["end"], row["n_sentences"]) for row in corpus.paragraphs()]
        [(0, 21, 2), (23, 29, 1)]
        """
        names, lists = selected("readability", measures), named_lists(word_lists)
        by = self._groups(by)
        table = self._labelled(by, lambda: self._core.paragraphs(names, text, lists))
        asked: dict[str, Any] = {} if by is None else {"by": by_name(by)}
        if lists:
            asked["word_lists"] = list_sizes(lists)
        return Result(table, self._question("paragraphs", **asked, measures=described("readability", names)))

    def tokens(self, *, by: Any = None) -> Result:
        """One row a word, as it stands in the text and as it is counted.

        Parameters
        ----------
        by : metadata column or sequence, optional
            Adds the group of each word as the first column, as in `word_frequencies`.

        Returns
        -------
        Result
            One row a UAX #29 word, in the order of the texts: `doc`, `doc_id` where ids were given,
            `sentence` and `token` (both counted within the document), `start` and `end` (positions in the
            document's string), `form` (as it stands) and `term` (as `token_options` has it counted; null
            where it is not counted, as a stop word). With `hyphens="keep"` a compound's term stands at its
            first part, the other parts have none. Missing and empty documents have no row.

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["The Cats sat."], tokens=lm.Tokens(stop_words="english", stem="english"))
        >>> [(row["start"], row["form"], row["term"]) for row in corpus.tokens()]
        [(0, 'The', None), (4, 'Cats', 'cat'), (9, 'sat', 'sat')]
        """
        by = self._groups(by)
        return Result(self._labelled(by, self._core.tokens), self._question("tokens", by=by_name(by)))

    def readability(
        self,
        *,
        measures: Sequence[str] = _FLESCH,
        by: Any = "document",
        counts: bool = True,
        word_lists: WordLists | None = None,
        band: bool = False,
    ) -> Result:
        """Readability scores with the counts behind them.

        Parameters
        ----------
        measures : sequence of str, default ("flesch", "flesch_kincaid")
            Names of readability formulas, see `lexmill.measures("readability")`.
        by : "document", "paragraph", "sentence", metadata column or sequence, default "document"
            What a row is about; also slices of time, as in `word_frequencies`. A group's score is that of
            its texts taken together.
        counts : bool, default True
            Whether the counts come as columns too: `n_words`, `n_syllables` and so on, and
            `syllables_estimated`, the share of words whose syllables were estimated by rule.
        word_lists : mapping, optional
            Lists of familiar words by name: "dale_chall", "spache", "harris_jacobson". The formulas of
            these names, and some others, need one; lexmill ships none because the lists are not free.
            Words not on a list are counted, every occurrence, as `n_unfamiliar_dale_chall` and so on. A
            possessive ending and one regular ending (-s, -es, -ed, -ing, -er, -est, -ly) of a listed word
            are familiar, and so are numerals; see docs/definitions.md.
        band : bool, default False
            Adds `flesch_low` and `flesch_high`: the Flesch score if each word whose syllables were
            estimated by rule had one syllable more, and one less (no word has less than one).

        Returns
        -------
        Result
            One row a unit, with `doc` (and `doc_id`) or the group, counts and scores. Missing
            documents are rows of nulls; a text without a word has no score.

        Raises
        ------
        ValueError
            If a measure is unknown, or needs what no text alone gives: a word list that is not given, or
            parts of speech. The message names it.

        Examples
        --------
        >>> import lexmill as lm
        >>> corpus = lm.Corpus(["The cat sat on the mat."])
        >>> round(corpus.readability()[0]["flesch"], 3)  # 206.835 - 1.015·6/1 - 84.6·6/6
        116.145
        >>> familiar = {"spache": ["the", "cat", "sat", "on"]}
        >>> row = corpus.readability(measures=["spache_1974"], word_lists=familiar)[0]
        >>> row["n_unfamiliar_spache"], round(row["spache_1974"], 3)  # 0.121·6 + 0.082·100/6 + 0.659
        (1, 2.752)
        """
        names, lists = selected("readability", measures), named_lists(word_lists)
        counts, band = _check.flag("counts", counts), _check.flag("band", band)
        # Not `_groups`: a unit of texts is allowed here, and the core names those too.
        by = _dates.sliced(self._core, _check.text("by", by) if isinstance(by, str) else by)
        table = self._core.readability(names, by, counts, band, lists)
        asked: dict[str, Any] = {"by": by_name(by)}
        if lists:
            asked["word_lists"] = list_sizes(lists)
        if band:
            asked["band"] = True
        return Result(table, self._question("readability", **asked, measures=described("readability", names)))

    def describe(
        self,
        *,
        by: Any = None,
        measures: Sequence[str] = _FLESCH,
        n_boot: int = 1000,
        level: float = 0.95,
        seed: int = 0,
        word_lists: WordLists | None = None,
    ) -> Result:
        """How long and how hard the texts of each group are, with bootstrap confidence intervals.

        Intervals are percentiles of `n_boot` resamples of the group's documents, drawn with replacement:
        documents are what was sampled, sentences of one document are alike. Each resample adds up integer
        counts, so the numbers are the same for any number of threads and on every machine.

        Parameters
        ----------
        by : metadata column or sequence, optional
            The groups, as in `word_frequencies`. Default: all documents are one.
        measures : sequence of str, default ("flesch", "flesch_kincaid")
            Names of readability formulas, see `lexmill.measures("readability")`.
        n_boot : int, default 1000
            Resamples; 0 leaves the intervals null.
        level : float, default 0.95
            The level of the intervals.
        seed : int, default 0
            The same seed gives the same intervals.
        word_lists : mapping, optional
            As in `readability`.

        Returns
        -------
        Result
            One row a group: its name, `n_documents` (missing ones left out), `n_sentences`, `n_words`,
            `n_syllables`; for `words_per_sentence`, `characters_per_sentence`, `syllables_per_word` and
            `characters_per_word` (characters are letters and digits) the mean under that name, its
            interval `…_low` and `…_high`, `…_sd` (of single sentences or words, n - 1) and `…_median`;
            for each measure the score of the group's texts taken together and its `…_low` and `…_high`.
            The interval of a group is null where fewer than two documents hold a word.

        Raises
        ------
        ValueError
            If an option is out of range, or a measure cannot be computed as in `readability`, or counts
            distinct words, which do not add up over documents.

        Examples
        --------
        >>> import lexmill as lm
        >>> texts = ["One two three. One two.", "One.", "One two three four five."]
        >>> corpus = lm.Corpus(texts, meta={"outlet": ["a", "a", "b"]})
        >>> for row in corpus.describe(by="outlet"):
        ...     print(row["outlet"], row["words_per_sentence"], row["words_per_sentence_high"])
        a 2.0 2.5
        b 5.0 None
        """
        n_boot, seed = _check.whole("n_boot", n_boot), _check.whole("seed", seed)
        if n_boot > _MOST_REPLICATES:
            raise ValueError(f"n_boot={n_boot}: at most {_MOST_REPLICATES:,} resamples")
        names, lists = selected("readability", measures), named_lists(word_lists)
        by, level = self._groups(by), _check.confidence("level", level)
        table = self._core.describe(names, by, lists, n_boot, level, seed)
        asked: dict[str, Any] = {"by": by_name(by), "n_boot": n_boot, "level": level, "seed": seed}
        if lists:
            asked["word_lists"] = list_sizes(lists)
        return Result(table, self._question("describe", **asked, measures=described("readability", names)))

    def heatmap(
        self, doc: int = 0, *, measure: str = "n_words", word_lists: WordLists | None = None
    ) -> Heatmap:
        """A document with its long or hard sentences tinted.

        Parameters
        ----------
        doc : int, default 0
            The document.
        measure : str, default "n_words"
            A count of `sentence_metrics` (`n_words`, `n_syllables` and so on) or a readability formula.
            The stronger the tint of a sentence, the longer or harder it is.
        word_lists : mapping, optional
            As in `readability`.

        Returns
        -------
        Heatmap
            Shows itself in a notebook; `save(path)` writes a page.

        Raises
        ------
        IndexError
            If there is no such document.
        ValueError
            If the document is missing, or the measure is unknown.

        Examples
        --------
        >>> import lexmill as lm
        >>> lm.Corpus(["Short one. A sentence of some six words."]).heatmap()
        Heatmap(document 0, 2 sentences by n_words)
        """
        from lexmill.heatmap import heatmap

        return heatmap(cast("Corpus", self), doc, measure, word_lists)


# More would change no digit that is shown and fill the memory.
_MOST_REPLICATES = 1_000_000
