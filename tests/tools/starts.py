"""Start an installed program in a terminal and see its first screen: `AKSON_PROGRAM=… python -m tests.tools.starts`."""

from __future__ import annotations

import os
import tempfile

from tests.tools.terminal import Terminal


def main() -> None:
    """The demo's worklist must stand, and the program must leave with 0 and leave nothing behind."""
    program = os.environ["AKSON_PROGRAM"]
    with (
        tempfile.TemporaryDirectory() as folder,
        Terminal([program, "demo"], env={"TMPDIR": folder}, cwd=folder) as terminal,
    ):
        terminal.wait("Astrid Bakken", 30)
        terminal.send(b"\x11")
        status = terminal.ended(10)
        left = os.listdir(folder)
        assert status == 0, f"exit status {status}"
        assert not left, f"left behind: {left}"
    print("the installed program started, showed the worklist, and left nothing behind")


if __name__ == "__main__":
    main()
