"""Long calls: interrupted, watched, failing, from any thread and any process."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import lexmill as lm
import pytest
from helpers import prose, python
from lexmill import _core

# Larger than what is done without threads.
TEXTS = [prose(50_000, seed) for seed in range(4)]

INTERRUPT = """
import os, signal, subprocess, threading, time
import lexmill as lm
from lexmill import _core

def interrupted(call, after=0.3):
    '''Seconds from the signal to the exception.'''
    at = []
    def kill():
        time.sleep(after)
        at.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)
    thread = threading.Thread(target=kill)
    thread.start()
    try:
        call()
    except KeyboardInterrupt:
        return time.monotonic() - at[0]
    finally:
        thread.join()
    raise AssertionError("ended before it was interrupted")
"""


def test_ctrl_c_stops_a_call() -> None:
    code = f"{INTERRUPT}\n" + (
        "for threads in (1, 2, None):\n"
        "    late = interrupted(lambda: _core._self_test('spin', 20, threads))\n"
        "    assert late < 0.25, late\n"
        "    assert _core._self_test('spin', 0.01, threads) == 100\n"
    )
    python(code, timeout=60)


def test_ctrl_c_stops_reading_texts() -> None:
    """A phase of every kind: one long document, many documents, many words, pairs."""
    code = f"{INTERRUPT}\n" + (
        "import random\n"
        "rng = random.Random(1)\n"
        "words = [f'w{rng.randrange(10**6)}' for _ in range(80_000)]\n"
        "paragraphs = ''.join(' '.join(words[i : i + 20]) + '.\\n\\n' for i in range(0, 80_000, 20))\n"
        "many = [paragraphs] * 2500\n"
        "late = [interrupted(lambda: lm.Corpus(many, threads=t)) for t in (1, 2)]\n"
        "late += [interrupted(lambda: lm.word_frequencies(many))]\n"
        "late += [interrupted(lambda: lm.Corpus([paragraphs * 2500]))]\n"
        "assert max(late) < 0.25, late\n"
        "assert lm.word_frequencies(['a b a']).column('count') == [2, 1]\n"
        "assert lm.Corpus([paragraphs]).n_tokens == 80_000\n"
    )
    python(code, timeout=90)


LATE = {
    "one paragraph": "text = SENTENCE * 4_000_000\ncall = lambda: lm.Corpus([text])",
    "boundaries": "corpus = lm.Corpus([SENTENCE.title() * 2_700_000])\ncall = corpus.boundaries",
    "windows line ends": "text = (SENTENCE * 50 + '\\r\\n\\r\\n') * 80_000\ncall = lambda: lm.Corpus([text])",
}


@pytest.mark.parametrize("code", LATE.values(), ids=LATE.keys())
def test_ctrl_c_within_one_document(code: str) -> None:
    code = f"SENTENCE = 'word another, and a third. '\n{code}"
    late = "late = interrupted(call, 0.15)\nassert late < 0.25, late\nassert lm.Corpus(['a']).n_tokens == 1"
    python(f"{INTERRUPT}\n{code}\n{late}", timeout=90)


def test_a_panic_is_an_exception() -> None:
    for threads in (1, 2, None):
        with pytest.raises(lm.InternalError, match=r"defect of lexmill.*planted by the test"):
            _core._self_test("panic", threads=threads)
        assert _core._self_test("spin") == 100
        assert lm.Corpus(TEXTS).n_tokens > 1000


def test_progress_counts_documents() -> None:
    seen: list[tuple[int, int]] = []
    assert _core._self_test("spin", 0.35, 2, lambda done, total: seen.append((done, total))) == 100
    assert seen == sorted(seen)
    assert seen[-1] == (100, 100)
    assert len(seen) >= 2
    for call in (lm.Corpus, lm.word_frequencies, lm.sentence_metrics):
        for texts in (TEXTS, ["a", None], []):
            told: list[tuple[int, int]] = []
            call(texts, progress=lambda *now, told=told: told.append(now))
            assert told[-1] == (len(texts), len(texts))
            assert all(0 <= done <= total == len(texts) for done, total in told)


def test_an_exception_in_the_callback_comes_out_and_stops_the_work() -> None:
    def refuse(done: int, total: int) -> None:
        raise LookupError(f"no more after {done}")

    started = time.monotonic()
    with pytest.raises(LookupError, match="no more"):
        _core._self_test("spin", 30, 2, refuse)
    assert time.monotonic() - started < 5
    for texts in (TEXTS, ["a"]):
        with pytest.raises(LookupError, match="no more"):
            lm.Corpus(texts, progress=refuse)
    assert lm.Corpus(TEXTS).n_tokens > 1000


def test_other_threads_run_meanwhile() -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    _core._self_test("spin", 0.5, 1)
    done.set()
    thread.join()
    assert ticks > 20


def test_calls_from_many_threads_at_once() -> None:
    expected = lm.word_frequencies(TEXTS).to_dicts()
    names = {"Ada Lovelace": [], "Babbage": []}
    pairs = lm.entity_cooccurrences(TEXTS, names).to_dicts()
    wrong: list[object] = []

    def work(threads: int) -> None:
        try:
            for _ in range(3):
                if lm.word_frequencies(TEXTS, threads=threads).to_dicts() != expected:
                    wrong.append("frequencies")
                if lm.entity_cooccurrences(TEXTS, names, threads=threads).to_dicts() != pairs:
                    wrong.append("pairs")
        except BaseException as e:
            wrong.append(e)

    workers = [threading.Thread(target=work, args=(1 + i % 3,)) for i in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert wrong == []
    assert not any(worker.is_alive() for worker in workers)


def test_one_corpus_from_many_threads() -> None:
    corpus = lm.Corpus(TEXTS)
    expected = corpus.sentences().to_dicts()
    wrong: list[str] = []
    workers = [
        threading.Thread(
            target=lambda: corpus.sentences().to_dicts() == expected or wrong.append("sentences")
        )
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert wrong == []


FORK = """
import multiprocessing, os, signal, sys, warnings
import lexmill as lm
warnings.simplefilter("ignore", DeprecationWarning)
TEXT = "Ada Lovelace met Charles Babbage. The cat sat; the dog did not. " * 4000
TEXTS = [TEXT, TEXT[:100_000], None, TEXT[5:]]
NAMES = {"Ada Lovelace": [], "Babbage": []}

def answer(_=0):
    '''What the parent and each child must say; every call is above the size that is done inline.'''
    corpus = lm.Corpus(TEXTS, threads=2)
    net = corpus.cooccurrences(NAMES)
    return [lm.word_frequencies(TEXTS, threads=2)[0]["count"], len(corpus.sentences()), net[0]["count"]]

def child():
    '''A forked child that must end by itself with the right answer.'''
    pid = os.fork()
    if pid == 0:
        signal.alarm(30)
        os._exit(0 if answer() == EXPECTED else 3)
    return pid

def ends_well(pid):
    status = os.waitpid(pid, 0)[1]
    assert status == 0, status
"""

FORKS = {
    "fork of a fresh process": """
EXPECTED = None
pid = os.fork()
if pid == 0:
    signal.alarm(30)
    answer()
    os._exit(0)
ends_well(pid)
""",
    "fork": "EXPECTED = answer()\nends_well(child())\nassert answer() == EXPECTED",
    "many forks": "EXPECTED = answer()\nfor pid in [child() for _ in range(5)]: ends_well(pid)",
    "fork of a fork": """
EXPECTED = answer()
pid = os.fork()
if pid == 0:
    signal.alarm(60)
    assert answer() == EXPECTED
    ends_well(child())
    os._exit(0)
ends_well(pid)
""",
    "fork while threads work": """
import threading
EXPECTED = answer()
on = True
def work():
    while on: answer()
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for _ in range(4): ends_well(child())
on = False
for t in threads: t.join()
""",
    "Process": """
EXPECTED = answer()
def target(): assert answer() == EXPECTED
process = multiprocessing.get_context("fork").Process(target=target)
process.start(); process.join(40)
assert process.exitcode == 0, process.exitcode
""",
    "Pool": """
EXPECTED = answer()
with multiprocessing.get_context("fork").Pool(2) as pool:
    assert pool.map_async(answer, range(4)).get(40) == [EXPECTED] * 4
assert answer() == EXPECTED
""",
    "a corpus of the parent": """
EXPECTED = None
corpus = lm.Corpus(TEXTS, threads=2)
told = corpus.frequencies().to_dicts()
pid = os.fork()
if pid == 0:
    signal.alarm(30)
    os._exit(0 if corpus.frequencies().to_dicts() == told and corpus[0].n_tokens else 3)
ends_well(pid)
""",
}


@pytest.mark.parametrize("code", FORKS.values(), ids=FORKS.keys())
def test_forked_children_neither_hang_nor_err(code: str) -> None:
    python(f"{FORK}\n{code}\nprint('done')", timeout=90)


SPAWN = """
import multiprocessing, lexmill as lm
TEXTS = ["Ada Lovelace met Charles Babbage. " * 4000] * 3

def answer(tokens):
    return lm.word_frequencies(TEXTS, tokens=tokens, threads=2).to_dicts()

if __name__ == "__main__":
    tokens = lm.Tokens(hyphens="keep", stop_words=("met",))
    for method in ("spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(2) as pool:
            assert pool.map_async(answer, [tokens] * 3).get(60) == [answer(tokens)] * 3
"""


def test_spawned_children(tmp_path: Path) -> None:
    script = tmp_path / "spawn.py"
    script.write_text(SPAWN, encoding="utf-8")
    subprocess.run([sys.executable, str(script)], check=True, timeout=120)


@pytest.mark.parametrize(
    "make", [lambda: lm.Gazetteer({"Ada": ["A."]}), lambda: lm.Corpus(["a"]), lm.measures]
)
def test_nouns_travel(make: Callable[[], object]) -> None:
    assert repr(pickle.loads(pickle.dumps(make()))) == repr(make())


def test_what_travels_is_whole() -> None:
    corpus = lm.Corpus(
        ["Ada Lovelace met Zz. Babbage.", None, ""],
        ids=[1, None, 3],
        meta={"x": [None, float("nan"), None], "y": [1.5, None, 2], "z": [True, False, True]},
        tokens=lm.Tokens(hyphens="keep", stop_words=["met"]),
        abbreviations=["Zz"],
        threads=2,
    )
    names = lm.Gazetteer(
        [{"name": "Ada Lovelace", "type": "PER", "aliases": [("ada", "ignore")]}], case="exact", overlap="all"
    )
    again, names_again = pickle.loads(pickle.dumps((corpus, names)))
    assert names_again.to_dicts() == names.to_dicts()
    assert again.meta.to_dicts() == corpus.meta.to_dicts()
    assert again.meta._table.types == corpus.meta._table.types
    for verb in (lambda c: c.sentences(), lambda c: c.frequencies(by="z"), lambda c: c.mentions(names_again)):
        table = pickle.loads(pickle.dumps(verb(again)))
        assert table.to_dicts() == verb(corpus).to_dicts()
        assert table._table.types == verb(corpus)._table.types
        assert dict(table.question) == dict(verb(corpus).question)
    assert len(again + corpus) == 6
    matrix = pickle.loads(pickle.dumps(corpus.dtm()))
    assert (matrix.matrix != corpus.dtm().matrix).nnz == 0
    assert (matrix.terms, matrix.doc_ids) == (corpus.dtm().terms, [1, None, 3])
    network = corpus.cooccurrences(["Ada Lovelace", "Babbage"])
    with pytest.raises(TypeError, match=r"^a network .* cannot be pickled; pickle its table"):
        pickle.dumps(network)
    assert len(pickle.loads(pickle.dumps(network.table()))) == len(network)
    assert network.head(9).evidence().to_dicts() == network.evidence().to_dicts()
    evidence = pickle.loads(pickle.dumps(network.evidence()))
    assert type(evidence) is type(network.evidence())
    for noun in (corpus, names, network, matrix, corpus.meta):
        assert copy.copy(noun) is copy.deepcopy(noun) is noun


def test_memory_is_given_back() -> None:
    """No growth from call to call beyond what an allocator keeps."""
    code = """
        import gc, psutil, lexmill as lm
        texts = ["Ada Lovelace met Charles Babbage, w%d and w%d. " % (i, i * 7) * 40 for i in range(100)]
        names = {"Ada Lovelace": [], "Babbage": []}
        def calls(n):
            for _ in range(n):
                corpus = lm.Corpus(texts, threads=2)
                corpus.frequencies().to_dicts(); corpus.sentences()
                corpus.cooccurrences(names).evidence(); lm.word_frequencies(texts).to_polars()
            gc.collect()
            return psutil.Process().memory_info().rss / 2**20
        calls(40)
        before, after = calls(60), calls(200)
        assert after < before * 1.15 + 8, (before, after)
    """
    python(code, timeout=90)
