"""`python3 -m benchmarks [names]`: measures, after setting up the development environment on first use."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator

from app.bootstrap import ROOT, enter


def main() -> None:
    """Run the benchmarks that are named, or all of them."""
    enter(ROOT / "requirements-dev.lock", ROOT / ".venv-dev")
    os.chdir(ROOT)
    # NumPy takes its number of threads from the environment when it is first imported; app.nn pins it to one.
    import app.nn  # noqa: F401

    from . import (
        classroom,
        document,
        learning,
        load,
        operations,
        peers,
        press,
        replicas,
        report,
        seeks,
        server,
        soak,
        training,
    )

    benchmarks: dict[str, Callable[[bool], Iterator[report.Table]]] = {
        module.__name__.split(".")[-1]: module.measure
        for module in (press, seeks, operations, peers, learning, server, training, load, replicas)
    }
    wanted: argparse.Namespace
    benchmarks["class"] = lambda quick: classroom.measure(quick, wanted.minutes or 1)
    benchmarks["soak"] = lambda quick: soak.measure(quick, wanted.minutes or 10)
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"which ones: {', '.join(benchmarks)}; all but soak if none"
    )
    parser.add_argument("--quick", action="store_true", help="a few samples, to see that they run, not how fast")
    parser.add_argument("--write", action="store_true", help="put what was measured into docs/performance.md")
    parser.add_argument("--minutes", type=float, help="how long a class is followed (1), or a soak takes (10)")
    wanted = parser.parse_args()
    if unknown := set(wanted.names) - set(benchmarks):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(benchmarks)}")
    report.head()
    measured = []
    for name, measure in benchmarks.items():
        if name in wanted.names or not (wanted.names or name == "soak"):
            for table in measure(wanted.quick):
                report.show(name, table)
                measured.append((name, table))
    if wanted.write:
        document.write(measured)


if __name__ == "__main__":
    main()
