"""Make `.venv/` with exactly the pinned packages: `setup_venv.py [--dev]`. Quick when nothing changed.

Runs on a bare Python 3.11 or newer. uv installs the packages, the one on PATH or a pinned one; plain pip does
where uv does not run. Several calls at once wait for each other.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME = ROOT / "requirements.txt"
DEV = ROOT / "requirements-dev.txt"
UV = ROOT / "scripts" / "uv.txt"


def runs(*command: object) -> bool:
    """Whether `command` exists and ends well; its output is of no interest."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def is_current_interpreter() -> bool:
    """Whether .venv holds the Python that this script was started with (its own, as a rule)."""
    wanted = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return Path(sys.prefix) == VENV or runs(PYTHON, "-c", wanted)


def make_venv() -> None:
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    venv.EnvBuilder(clear=True, symlinks=True).create(VENV)  # pip only where it is needed: it takes 3 s


def find_uv() -> str | None:
    on_path = shutil.which("uv")
    if on_path and runs(on_path, "--version"):
        return on_path
    own = VENV / "bin" / "uv"
    if not runs(own, "--version") and have_pip():
        runs(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", UV)
    return str(own) if runs(own, "--version") else None


def have_pip() -> bool:
    return runs(PYTHON, "-m", "pip", "--version") or runs(PYTHON, "-m", "ensurepip") or install_ensurepip()


def install_ensurepip() -> bool:
    """Debian keeps ensurepip in a package of its own; only root can add it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    print(f"Installing {package} ...", flush=True)
    runs("apt-get", "update")
    runs("apt-get", "install", "-y", "--no-install-recommends", package)
    return runs(PYTHON, "-m", "ensurepip")


def install(files: list[Path]) -> None:
    options = ["--quiet", "--require-hashes", *(part for file in files for part in ("-r", str(file)))]
    uv = find_uv()
    # Offices put a certificate of their own before the outside world: pip trusts the system's, uv has to be told.
    if uv and subprocess.call([uv, "pip", "install", "--system-certs", "--python", PYTHON, *options]) == 0:
        return
    if not have_pip():
        sys.exit("There is no uv, and this Python has no pip (Debian: apt-get install python3-venv).")
    subprocess.run([PYTHON, "-m", "pip", "install", *options], check=True)


def digest(files: list[Path]) -> str:
    content = hashlib.sha256(f"{sys.version_info[:3]}".encode())
    for file in files:
        content.update(file.read_bytes())
    return content.hexdigest()


def settle(dev: bool) -> None:
    """Install what is missing; the stamps in .venv say which files are installed."""
    stamps = {VENV / "stamp-runtime": [RUNTIME]}
    if dev:
        stamps[VENV / "stamp-dev"] = [RUNTIME, DEV]
    if all(stamp.exists() and stamp.read_text() == digest(files) for stamp, files in stamps.items()):
        return
    files = [RUNTIME, DEV] if dev else [RUNTIME]
    print(f"Installing {' and '.join(file.name for file in files)} into .venv ...", flush=True)
    install(files)
    for stamp, installed in stamps.items():
        stamp.write_text(digest(installed))


def stale_catalogues() -> bool:
    """Whether a translation was changed after its compiled form, or was never compiled."""
    for source in ROOT.glob("translations/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            return True
    return False


def main() -> None:
    with RUNTIME.open() as lock:  # released when the process ends, however it ends
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_current_interpreter():
            make_venv()
        settle(dev="--dev" in sys.argv[1:])
        if stale_catalogues():
            subprocess.run([PYTHON, ROOT / "scripts" / "translations.py", "compile"], check=True)


if __name__ == "__main__":
    main()
