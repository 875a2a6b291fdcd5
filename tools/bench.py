"""Measure how fast training is here, print it, and write benchmarks/last_run.json and docs/benchmarks.md."""

import argparse
import os

from helpers.bootstrap import quiet_tensorflow


def main(args: list[str]) -> int:
    """Run the benchmark on the processor, with TensorFlow set as in a lesson; a goal that is missed is no error."""
    argparse.ArgumentParser(prog="python -m tools bench", description=__doc__).parse_args(args)
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"  # a ratio to NumPy means something on the same processor only
    with quiet_tensorflow():
        from benchmarks.run import run

    run()
    return 0
