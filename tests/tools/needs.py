"""Tools outside Python that some tests need: a missing one skips the test by name.

Where CI is set, all must run, and a missing tool fails the test.
"""

from __future__ import annotations

import os
import shutil

import pytest


def need(*tools: str) -> None:
    """Go on only where every one of `tools` can be run."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if not missing:
        return
    told = f"needs {', '.join(missing)}, which is not installed here"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)
