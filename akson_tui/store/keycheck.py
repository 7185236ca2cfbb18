"""Whether a key is the right one, by the check value in `keys.json`; without cryptography, so that opening stays light.

Easy to get wrong: the check value lies in clear, so it must tell nothing of the key: it is a keyed hash of a fixed word
under 32 random bytes, and cannot be turned round.
"""

from __future__ import annotations

import hmac
import json
from hashlib import blake2b
from pathlib import Path

KEYS = "keys.json"


def value(key: bytes) -> str:
    """Hexadecimal check value of a data key."""
    return blake2b(b"check", key=key, digest_size=16, person=b"akson check").hexdigest()


def fits(directory: Path, key: bytes) -> bool | None:
    """None where no check value lies there (the key is kept in memory only) or none can be read."""
    try:
        found = json.loads((directory / KEYS).read_text("utf-8"))["check"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return isinstance(found, str) and hmac.compare_digest(found.encode(), value(key).encode())
