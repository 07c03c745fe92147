"""The benchmarks measure, judge and report."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from benchmarks.child import measure_startup
from benchmarks.conduct import Result, run_case
from benchmarks.peers import NATIVE
from benchmarks.registry import Case
from benchmarks.targets import C, Faster, Share, Within

from benchmarks import registry, report, rivals, threads

ROOT = Path(__file__).resolve().parents[2]


class Rival:
    """One that takes the times it is told to take."""

    def __init__(self, name, *figures):
        self.name = name
        self.figures = list(figures)

    def takes(self, case):
        return case.name != "nobody"

    def measure(self, case, seconds):
        figure = self.figures.pop(0)
        if isinstance(figure, Exception):
            raise figure
        return figure


def benchmark(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=55,
    )


@pytest.mark.parametrize(
    ("target", "seconds", "met"),
    [
        (Faster("pyzmq", 5), {"ours": 1.0, "pyzmq": 5.0}, True),
        (Faster("pyzmq", 5), {"ours": 1.0, "pyzmq": 4.9}, False),
        (Faster("pyzmq", 1, noise=0.05), {"ours": 1.0, "pyzmq": 0.96}, True),
        (Faster(C, 0.5), {"ours": 2.0, "C": 1.0}, True),
        (Faster(C, 0.5), {"ours": 2.0}, None),
        (Share("pyzmq", 0.6), {"ours": 0.6, "pyzmq": 1.0}, True),
        (Share("pyzmq", 0.6), {"ours": 0.61, "pyzmq": 1.0}, False),
        (Within(3), {"ours": 0.003}, True),
        (Within(3), {"ours": 0.0031}, False),
        (Within(3), {}, None),
    ],
    ids=str,
)
def test_targets(target, seconds, met):
    assert target.met(seconds) is met


def test_an_import_is_timed_after_what_comes_before_it():
    took = measure_startup("import time; time.sleep(0.1)", "time.sleep(0.02)")
    assert 0.02 <= took < 0.1


def test_a_rival_that_cannot_run_a_case_is_left_out_of_it():
    skipping = Rival("C", rivals.UnavailableError("no compiler"))
    case = Case("some", "some", (Faster("pyzmq", 2), Faster(C, 1)))
    competing = [Rival("ours", 1.0, 1.5), Rival("pyzmq", 3.0, 2.5), skipping]
    result = run_case(case, competing, repeat=2, span=0.0)
    assert result.seconds == {"ours": 1.0, "pyzmq": 2.5}
    assert result.notes == {"C": "skipped: no compiler"}
    assert list(result.targets.values()) == [True, None]
    assert not result.missed


def test_a_rival_that_fails_is_a_miss():
    case = Case("some", "some", ())
    failing = Rival("ours", rivals.FailedError("it broke"))
    result = run_case(case, [failing], repeat=1, span=0.0)
    assert result.missed


def test_a_case_that_nobody_takes_is_empty():
    result = run_case(Case("nobody", "nobody", ()), [Rival("ours")], 1, 0.0)
    assert result.seconds == {}


def test_two_cases_cannot_have_one_name():
    name = next(iter(registry.load()))
    with pytest.raises(ValueError, match=name):
        registry.register(Case(name, "again", ()))


@pytest.mark.parametrize(
    ("seconds", "startup", "text"),
    [
        (1e-7, False, "10.0 M/s"),
        (2e-6, False, "500 k/s"),
        (0.02, False, "50 /s"),
        (0.0123, True, "12.30 ms"),
        (None, False, ""),
    ],
)
def test_figures(seconds, startup, text):
    assert report.figure(seconds, startup) == text


def test_comparison_of_two_runs(capsys):
    def recorded(ours, pyzmq):
        result = Result("some", "some case", False, {"ours": ours, "pyzmq": pyzmq})
        return {"cases": [vars(result)]}

    report.compare(recorded(1.0, 2.0), recorded(3.0, 2.0))
    assert capsys.readouterr().out.splitlines()[1].split()[-2:] == ["3.00x", "1.00x"]


def test_run_with_ours_on_both_sides(tmp_path):
    cases = ["exchange_16", "read_options", "req_rep_threads", "tcp_throughput"]
    done = benchmark(
        *("--ours", sys.executable, "--theirs", sys.executable, "--no-c"),
        *("--quick", "--cases", *cases, "--json", str(tmp_path / "run.json")),
    )
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stdout
    recorded = json.loads((tmp_path / "run.json").read_text())
    assert {case["name"] for case in recorded["cases"]} == set(cases)
    for case in recorded["cases"]:
        assert set(case["seconds"]) == {"ours", "pyzmq"}
        assert all(0 < seconds < 1 for seconds in case["seconds"].values())


@pytest.mark.skipif(
    not (shutil.which("cc") and shutil.which("pkg-config")), reason="needs a compiler"
)
def test_every_c_case_runs(tmp_path, monkeypatch):
    monkeypatch.setenv(NATIVE, "")  # so that what compiling sets is undone afterwards
    try:
        native = rivals.compile_native(str(tmp_path))
    except rivals.UnavailableError as reason:
        pytest.skip(str(reason))
    for case in registry.load().values():
        if native.takes(case):
            assert 0 < native.measure(case, 0.01) < 1


def test_an_interpreter_without_zmq_is_refused(tmp_path):
    venv.create(tmp_path / "empty", with_pip=False)
    (python,) = (tmp_path / "empty").glob("*/python")
    done = benchmark("--ours", str(python), "--theirs", sys.executable, "--no-c")
    assert done.returncode
    assert "the interpreter of ours cannot import zmq" in done.stderr


def test_list_and_unknown_cases():
    assert "exchange_16" in benchmark("--list").stdout
    done = benchmark("--cases", "nonsense")
    assert done.returncode
    assert "nonsense" in done.stderr


@pytest.mark.parametrize("kind", ["asyncio", "call", "guarded", "multipart", "shared"])
def test_threads_are_measured(kind):
    arguments = ["--child", kind, "2", "--seconds", "0.01"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.threads", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=55,
    )
    assert float(done.stdout) > 0, done.stderr


@pytest.mark.parametrize(("first", "met"), [(1700.0, True), (1690.0, False)])
def test_threads_are_judged_by_their_best(first, met, capsys, monkeypatch):
    rates = {"small 2": [first, 900.0], "small 1": [800.0, 1000.0]}
    monkeypatch.setattr(
        threads, "ask", lambda _python, what, _options: rates[what].pop(0)
    )
    ratio = threads.Ratio("two threads", "small 2", "small 1", 1.7)
    options = argparse.Namespace(repeat=2)
    assert threads.compare(ratio, "python", "python", options) is met
    assert ("pass" if met else "MISSED") in capsys.readouterr().out
