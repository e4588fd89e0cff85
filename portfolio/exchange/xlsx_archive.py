"""The archive that a workbook is, checked before anything parses it; for the child process only."""

from __future__ import annotations

import re
from typing import IO, Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from portfolio.exchange.limits import MAX_ARCHIVE_MEMBERS, MAX_COMPRESSION_RATIO, MAX_UNPACKED_BYTES
from portfolio.exchange.problems import Defect, NotATable

_CHUNK: Final = 8_192
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MACRO_PARTS: Final = re.compile(r"vbaproject\.bin$|^xl/macrosheets/", re.IGNORECASE)


class _RootReached(Exception):
    pass


def check_archive(file: IO[bytes]) -> None:
    """NotATable when the archive is too large unpacked, or holds macros or a document type."""
    with ZipFile(file) as archive:
        _check_sizes(archive)
        _check_no_macros(archive)
        _check_no_document_type(archive)


def _check_sizes(archive: ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_ARCHIVE_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_COMPRESSION_RATIO * packed:
        raise NotATable(Defect.ARCHIVE_TOO_LARGE)
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise NotATable(Defect.BROKEN_WORKBOOK)


def _check_no_macros(archive: ZipFile) -> None:
    # Without its zero bytes, UTF-16 reads like ASCII here.
    types = archive.read(_CONTENT_TYPES).replace(b"\0", b"").lower()
    if b"macroenabled" in types or b"vbaproject" in types:
        raise NotATable(Defect.MACROS)
    if any(_MACRO_PARTS.search(name) for name in archive.namelist()):
        raise NotATable(Defect.MACROS)


def _check_no_document_type(archive: ZipFile) -> None:
    for member in archive.infolist():
        with archive.open(member) as stream:
            _read_prologue(stream)


def _read_prologue(stream: IO[bytes]) -> None:
    """Parse up to the root element: a document type can only stand before it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = _stop
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    except (_RootReached, expat.ExpatError):
        # What is no XML, a picture for example, is of no concern here.
        return


def _refuse_document_type(*_declaration: object) -> None:
    raise NotATable(Defect.DOCUMENT_TYPE)


def _stop(*_element: object) -> None:
    raise _RootReached
