"""Where to go next: only ever inside this application."""

from urllib.parse import urlsplit


def local_address(target: str | None) -> str | None:
    """`target` if it names a page of ours, else None: no scheme, no host, nothing a browser would read as one."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 32 for character in target):  # browsers drop tabs and line breaks
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
