"""What counts as a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from lexmill import _check, _core


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What counts as a word: one frozen object for all verbs, kept with every result.

    A word is a segment between the word boundaries of UAX #29 (Unicode 17) that holds a letter, a
    digit or an ideograph. The options change how it is spelled when counted and which are left out.

    Parameters
    ----------
    case : {"lower", "keep"}, default "lower"
        Full Unicode lower-casing, the same in every locale, or as written.
    apostrophes : {"fold", "keep"}, default "fold"
        Count the curly and the straight apostrophe as one character.
    hyphens : {"split", "keep"}, default "split"
        Count "Taliban-led" as two words, as UAX #29 does, or as one. A dash between clauses always
        splits.
    possessives : {"keep", "strip"}, default "keep"
        Count "Pakistan's" as it stands or as "pakistan".
    numbers : {"keep", "drop"}, default "keep"
        Whether words without a letter are counted.
    normalize : {None, "NFC", "NFKC"}, default None
        Unicode normalisation of the counted word.
    stop_words : str or iterable of str, optional
        Words left out: the name of a language ("english") for NLTK's list of it, or your own list.
    stem : str, optional
        A Snowball stemmer, such as "english", applied last.
    min_chars : int, default 1
        Shorter words are left out.

    Raises
    ------
    ValueError
        If a choice is unknown; the message names the allowed ones.

    Examples
    --------
    >>> import lexmill as lm
    >>> tokens = lm.Tokens(hyphens="keep", possessives="strip")
    >>> lm.word_frequencies(["Pakistan's Taliban-led neighbour"], tokens=tokens).column("term")
    ['neighbour', 'pakistan', 'taliban-led']
    >>> tokens
    Tokens(hyphens='keep', possessives='strip')
    """

    case: Literal["lower", "keep"] = "lower"
    apostrophes: Literal["fold", "keep"] = "fold"
    hyphens: Literal["split", "keep"] = "split"
    possessives: Literal["keep", "strip"] = "keep"
    numbers: Literal["keep", "drop"] = "keep"
    normalize: Literal["NFC", "NFKC"] | None = None
    stop_words: str | Iterable[str] | None = None
    stem: str | None = None
    min_chars: int = 1
    _compiled: _core.Tokens = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        for name in ("case", "apostrophes", "hyphens", "possessives", "numbers"):
            _check.text(name, getattr(self, name))
        for name in ("normalize", "stem"):
            if getattr(self, name) is not None:
                _check.text(name, getattr(self, name))
        object.__setattr__(self, "min_chars", _check.whole("min_chars", self.min_chars))
        if isinstance(self.stop_words, str):
            _check.text("stop_words", self.stop_words)
        elif self.stop_words is not None:
            words = _check.texts("stop_words", self.stop_words)
            if isinstance(self.stop_words, (set, frozenset)):
                words.sort()
            object.__setattr__(self, "stop_words", tuple(words))
        named = isinstance(self.stop_words, str)
        compiled = _core.Tokens(
            case=self.case,
            apostrophes=self.apostrophes,
            hyphens=self.hyphens,
            possessives=self.possessives,
            numbers=self.numbers,
            normalize=self.normalize,
            stop_words=None if named or self.stop_words is None else list(self.stop_words),
            stop_language=self.stop_words if isinstance(self.stop_words, str) else None,
            stem=self.stem,
            min_chars=self.min_chars,
        )
        object.__setattr__(self, "_compiled", compiled)

    def options(self) -> dict[str, Any]:
        """Every option with its value, defaults included."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.init}

    def __repr__(self) -> str:
        changed = (f for f in fields(self) if f.init and getattr(self, f.name) != f.default)
        return f"Tokens({', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in changed)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.options(),)


def _restore(options: dict[str, Any]) -> Tokens:
    return Tokens(**options)


def compiled(tokens: Tokens | None) -> _core.Tokens:
    """The compiled options; the defaults for None."""
    if tokens is None:
        tokens = Tokens()
    if not isinstance(tokens, Tokens):
        raise TypeError(f"tokens is {type(tokens).__name__}, expected lexmill.Tokens(...)")
    return tokens._compiled
