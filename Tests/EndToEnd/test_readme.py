"""README's walk, tried as a new user would: every command, in order, in an empty folder with the shipped surveys."""
import os
import re
import socket
import subprocess

from heed import BINARY, ROOT


def test_the_walk_works_line_by_line(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    walk = text[text.index("## Five minutes"):text.index("## Formats")]
    commands = "".join(re.findall(r"```sh\n(.*?)```", walk, re.DOTALL))
    assert commands.count("heed ") > 10
    (tmp_path / "surveys").symlink_to(ROOT / "surveys")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # The one thing changed is the port, so that tests can run beside another heed.
    script = f'''set -e
heed() {{ if [ "$1" = serve ]; then exec "{BINARY}" serve --port {port}; else "{BINARY}" "$@"; fi; }}
trap 'kill $(jobs -p) 2>/dev/null' EXIT
{commands}
python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}/health/ready')"
'''
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HEED_")}
    result = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "version 1 is live" in result.stdout and "sound" in result.stdout and "Accounts at risk" in result.stdout
    assert (tmp_path / "links.csv").read_text().count("/s/post-purchase/") > 10
