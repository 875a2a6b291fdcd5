"""Measure everything, print the report and keep it."""

import time
from datetime import date

from benchmarks import measure, report, results
from benchmarks.cases import CASES
from helpers.paths import COURSE

LAST_RUN = COURSE / "benchmarks" / "last_run.json"
PAGE = COURSE / "docs" / "benchmarks.md"


def run() -> None:
    """Run the benchmark; it takes about three minutes."""
    begun, busy = time.perf_counter(), results.busy()
    print(f"{measure.ROUNDS} rounds of everything, about three minutes; leave the machine alone meanwhile.", flush=True)
    if busy > report.BUSY:
        print(f"The machine is busy (load {busy:.1f}): the timings will scatter.", flush=True)
    found = [measure.measure(case) for case in CASES]
    generators = measure.dropout_generators()
    measured = results.Report(
        date.today().isoformat(), results.machine(), busy, found, generators, measure.both_engines(found)
    )
    LAST_RUN.write_text(measured.to_json(), encoding="utf-8")
    kept = results.Report.from_json(measured.to_json())  # what the file says is what is shown
    PAGE.write_text(report.markdown(kept), encoding="utf-8")
    print(f"\n{report.terminal(kept)}\n")
    files = " and ".join(str(path.relative_to(COURSE)) for path in (LAST_RUN, PAGE))
    print(f"{time.perf_counter() - begun:.0f} s. Written: {files}.")
