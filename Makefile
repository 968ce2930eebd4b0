# Two commands on a bare machine (python3 >= 3.11 with venv and pip, a Rust toolchain, make):
#   make demo   builds lexmill, runs it on the sample, writes lexmill-report.html
#   make test   sets itself up and runs all tests
# `make check` is what CI runs. `make help` lists the rest.

PYTHON ?= python3
VENV   ?= .venv
PY      = $(VENV)/bin/python
PIP     = $(PY) -m pip install --quiet --disable-pip-version-check
SOURCES = $(shell find src python -type f -not -name '*.so' -not -name '*.pyc') Cargo.toml Cargo.lock pyproject.toml
# Python that people read; generated stubs are checked by regeneration.
LINTED  = python tests benches examples docs

.PHONY: fuzz instructions help demo test check rust-test python-test format lint types stubs stubs-check wheel-check docs docs-check lock bench bench-check quality clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

$(PY):
	$(PYTHON) -m venv $(VENV)

# The package alone, in release mode: all that a user needs.
$(VENV)/.installed: $(PY) $(SOURCES)
	PIP_CONSTRAINT=$(CURDIR)/constraints.txt $(PIP) --no-deps --force-reinstall .
	@touch $@

# What tests and checks need, at the versions of the lock file.
$(VENV)/.tested: $(VENV)/.installed constraints.txt
	$(PIP) -r constraints.txt
	@touch $@

demo: $(VENV)/.installed  ## build, run on the sample corpus, write lexmill-report.html
	$(PY) examples/demo.py

test: rust-test python-test  ## all tests, after their own set-up

rust-test:
	cargo test --locked --quiet

python-test: $(VENV)/.tested
	$(PY) -m pytest

check: format lint types stubs-check docs-check test instructions wheel-check  ## all that CI runs

format: $(VENV)/.tested
	cargo fmt --check
	$(VENV)/bin/ruff format --check $(LINTED)

lint: $(VENV)/.tested
	cargo clippy --locked --all-targets --features python -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --quiet --no-deps
	$(VENV)/bin/ruff check $(LINTED)

types: $(VENV)/.tested
	$(VENV)/bin/mypy
	cd /tmp && $(abspath $(VENV))/bin/python -m mypy.stubtest --allowlist $(abspath tests)/stubtest-allowed.txt lexmill._core

stubs: $(VENV)/.tested  ## regenerate the stubs of the compiled core
	$(VENV)/bin/maturin generate-stubs --features stubs --out python

stubs-check: $(VENV)/.tested
	$(VENV)/bin/maturin generate-stubs --quiet --features stubs --out target/stubs
	diff -u python/lexmill/_core.pyi target/stubs/lexmill/_core.pyi || { echo "stubs are stale: run make stubs"; exit 1; }

# A wheel as users get it, in an environment with nothing else.
wheel-check: $(VENV)/.tested
	rm -rf target/wheel-check && mkdir -p target/wheel-check
	$(VENV)/bin/maturin build --locked --release --quiet --out target/wheel-check
	ls target/wheel-check/lexmill-*-cp311-abi3-*.whl
	$(PYTHON) -m venv target/wheel-check/venv
	target/wheel-check/venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-index target/wheel-check/*.whl
	cd target/wheel-check && venv/bin/python $(abspath tests)/smoke.py

docs: $(VENV)/.installed  ## regenerate docs/measures.md from the tables
	$(PY) docs/generate.py

docs-check: $(VENV)/.installed
	$(PY) docs/generate.py --check

bench:  ## compare with other tools (SIZE=large for about 200 MB)
	$(PYTHON) benches/run.py --size $(or $(SIZE),medium) --record

quality:  ## how well names and acronyms are found, on texts that people marked
	test -x .venv-quality/bin/python || $(PYTHON) -m venv .venv-quality
	.venv-quality/bin/python -m pip install -q --disable-pip-version-check -r benches/quality/requirements.txt
	.venv-quality/bin/python -m pip install -q --disable-pip-version-check --no-deps --force-reinstall .
	.venv-quality/bin/python benches/quality/run.py --record

# Where there is no valgrind it says so and passes.
instructions: $(VENV)/.installed  ## fail if a word takes a tenth more instructions than recorded
	$(PY) benches/instructions.py $(if $(RECORD),--record)

bench-check:  ## fail if a ratio fell by more than a fifth from the record
	$(PYTHON) benches/run.py --check

linear: $(VENV)/.tested  ## count whether hostile texts take linear work, up to 4 MiB (an hour of an idle core)
	$(PY) benches/linear.py --most 4194304 --record

fuzz:  ## look for a fast path that differs from its twin, a minute each (needs cargo-fuzz)
	for target in words counts sentences; do \
	  RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none $$target -- -max_total_time=60 -max_len=600 || exit 1; \
	done

lock: $(VENV)/.tested  ## renew constraints.txt from what is installed
	{ sed -n '/^#/p' constraints.txt; $(PY) -m pip freeze --exclude lexmill; } > target/lock && mv target/lock constraints.txt

clean:  ## remove what was built
	rm -rf target dist $(VENV) .venv-* lexmill-report.html
