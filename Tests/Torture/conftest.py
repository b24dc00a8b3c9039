"""Options and fixtures of the fault suite; its shared tools are torture.py (customers, checks), disks.py (faults) and clock.py."""
import os
import random
import sys
import tempfile
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "EndToEnd")]
import clock as clocks  # noqa: E402
import disks  # noqa: E402
import torture  # noqa: E402

SEED = int(os.environ.get("HEED_SEED") or random.SystemRandom().randrange(10**6))
COUNTS = {}


@pytest.fixture
def dice(request):
    """Random numbers of this test alone; HEED_SEED repeats them."""
    print(f"HEED_SEED={SEED}")
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def count():
    """Adds to a figure of the summary."""
    def add(what, number=1):
        COUNTS[what] = COUNTS.get(what, 0) + number
    return add


@pytest.fixture
def place():
    """A folder of this test alone, with mounts below it undone at the end."""
    with tempfile.TemporaryDirectory(prefix="heed-torture-") as path, disks.unmounting(path):
        yield Path(path)


@pytest.fixture
def folder(place):
    """A data folder with two surveys."""
    return torture.make_folder(place)


@pytest.fixture
def clock(place):
    """A clock that a test sets, for the processes that it starts."""
    with clocks.Clock(place) as clock:
        yield clock


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"fault suite: HEED_SEED={SEED}")
    for what, number in COUNTS.items():
        terminalreporter.write_line(f"  {number} {what}" if isinstance(number, int) else f"  {what}: {number}")
