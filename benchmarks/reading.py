"""Print how fast inputs are read, and how much memory that takes.

usage: python benchmarks/reading.py [INPUT ...]

Without an input the large archives beside the project are read, where they lie there. The time is that
of the processor, so that other work on the machine does not count.
"""

import argparse
import resource
import time
from collections import Counter
from pathlib import Path

from concite.graph.readers import read_argument

LARGE = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "large"
ARCHIVES = ("mlanthology_2026-03.tar.zst", "acl_anthology_2024-08.tar.zst")


def measure(argument: str) -> str:
    """What an input held, and what reading it took."""
    start = time.process_time()
    counts: Counter[str] = Counter()
    for _, _, records in read_argument(argument):
        counts.update(type(record).__name__ for record in records)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{number:,} {name}" for name, number in sorted(counts.items()))
    return f"{argument}: {told} in {seconds:.1f} s ({counts.total() / seconds:,.0f} a second), peak {peak:.0f} MB"


def main() -> None:
    """Measure the inputs that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("inputs", nargs="*", metavar="INPUT")
    inputs = parser.parse_args().inputs or [str(LARGE / name) for name in ARCHIVES if (LARGE / name).is_file()]
    for each in inputs:
        print(measure(each))


if __name__ == "__main__":
    main()
