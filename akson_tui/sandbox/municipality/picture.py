"""A photograph of a wound as a PNG: drawn, since no real leg may stand here. Skin, the wound's bed, and a ruler."""

import struct
import zlib
from random import Random

_WIDE, _HIGH = 144, 108
_PIXELS_PER_CM = 10.0
_SKIN = (224, 178, 150)
_EDGE = (198, 120, 108)
_BED = (168, 42, 44)
_FIBRIN = (214, 190, 116)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[bytes], wide: int) -> bytes:
    """An RGB image of these rows, three bytes a pixel."""
    head = struct.pack(">IIBBBBB", wide, len(rows), 8, 2, 0, 0, 0)
    raw = b"".join(b"\0" + row for row in rows)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(raw, 9)) + _chunk(b"IEND", b"")


def wound(rng: Random, length: float, width: float, fibrin: int) -> bytes:
    """The wound of so many centimetres, with so many per cent of its bed covered by fibrin."""
    across, down = max(3.0, length * _PIXELS_PER_CM / 2), max(2.0, width * _PIXELS_PER_CM / 2)
    spots = [(rng.uniform(-0.7, 0.7), rng.uniform(-0.7, 0.7), rng.uniform(0.1, 0.3)) for _ in range(fibrin // 12)]
    rows = []
    for y in range(_HIGH):
        row = bytearray()
        for x in range(_WIDE):
            dx, dy = (x - _WIDE / 2) / across, (y - _HIGH * 0.42) / down
            far = dx * dx + dy * dy
            if y >= _HIGH - 10:
                # The ruler: a mark for each centimetre.
                colour = (20, 20, 20) if x % int(_PIXELS_PER_CM) == 0 and y < _HIGH - 3 else (246, 246, 240)
            elif far <= 1:
                covered = any((dx - sx) ** 2 + (dy - sy) ** 2 < size for sx, sy, size in spots)
                colour = _FIBRIN if covered else _BED
            elif far <= 1.5:
                colour = _EDGE
            else:
                shade = (x + 2 * y) // 14
                colour = (_SKIN[0] - shade, _SKIN[1] - shade, _SKIN[2] - shade)
            row += bytes(colour)
        rows.append(bytes(row))
    return png(rows, _WIDE)
