"""Columns of numpy to CSV text without a Python loop for each row.

Every field is a byte string of fixed width, padded with NUL. Fields and separators are laid side by
side in one matrix of bytes; dropping every NUL from it leaves the text.
"""
import numpy as np


def quote(text):
    """One CSV field, quoted only when it must be (RFC 4180)."""
    if any(c in text for c in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def table(values):
    """Byte-string lookup table of CSV fields."""
    return np.array([quote(v).encode() for v in values])


def raw(values):
    return np.array([v.encode() for v in values])


def escaped(values):
    """Parts of a longer field: quotes doubled, the caller adds the outer quotes."""
    return np.array([v.replace('"', '""').encode() for v in values])


def numbers(count, form="%d"):
    return np.array([(form % i).encode() for i in range(count)])


def digits(values, width):
    """Unsigned integers as text, no leading zeros."""
    v = np.asarray(values, np.int64)
    m = np.empty((len(v), width), np.uint8)
    for i in range(width - 1, -1, -1):
        m[:, i] = 48 + v % 10
        v = v // 10
    lead = np.cumsum(m != 48, axis=1) == 0
    lead[:, -1] = False
    m[lead] = 0
    return m.view(f"S{width}").reshape(len(m))


def blank(column, keep):
    out = column.copy()
    out[~keep] = b""
    return out


def to_csv(columns):
    """Columns of byte strings to CSV text: a matrix of bytes, then every NUL dropped."""
    n = len(columns[0])
    parts = []
    for i, c in enumerate(columns):
        c = np.ascontiguousarray(c)
        parts.append(c.view(np.uint8).reshape(n, c.dtype.itemsize))
        sep = b"\n" if i == len(columns) - 1 else b","
        parts.append(np.full((n, 1), sep[0], np.uint8))
    return np.hstack(parts).tobytes().translate(None, b"\0")


def concat(*parts):
    """Variable-width concatenation (NULs stay inside; to_csv drops them)."""
    n = len(parts[0])
    m = np.hstack([np.ascontiguousarray(p).view(np.uint8).reshape(n, -1) for p in parts])
    return np.ascontiguousarray(m).view(f"S{m.shape[1]}").reshape(n)
