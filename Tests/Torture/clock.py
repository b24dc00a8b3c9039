"""A false clock for one process, by libfaketime."""
import time
from pathlib import Path

from disks import preload


class Clock:
    """A clock for one server, set through a file while it runs."""

    # libfaketime sets a variable before main, where Swift then misses its arguments; a shell passes the variable on.
    under = ("sh", "-c", 'exec "$@"', "sh")

    def __init__(self, place):
        self.file = place / "clock"
        library = preload("libfaketime", "*/faketime/libfaketimeMT.so.1", "faketime/libfaketimeMT.so.1")
        # Waiting goes by the true monotonic clock; times of files follow the false one, as a machine's own would.
        self.env = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """libfaketime leaves its shared memory behind where a process is killed."""
        for path in Path("/dev/shm").glob("*faketime_*"):
            if not Path("/proc", path.name.rsplit("_", 1)[1]).exists():
                path.unlink(missing_ok=True)

    def set(self, moment):
        """Makes it this moment now, in UTC, going on from there."""
        wanted = time.mktime(time.strptime(moment, "%Y-%m-%d %H:%M:%S")) - time.timezone
        (self.file.parent / "clock.new").write_text(f"{wanted - time.time():+.3f}\n")
        (self.file.parent / "clock.new").rename(self.file)
