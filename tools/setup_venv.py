"""Make or refresh the virtual environment from a lock file with hashes: `setup_venv.py .venv requirements.lock`."""

import subprocess
import sys
import venv
from pathlib import Path

MINIMUM = (3, 11)


def main() -> int:
    """Exit 1 with one clear line where the Python is too old or the packages cannot be had."""
    folder, lock = Path(sys.argv[1]), sys.argv[2]
    if sys.version_info < MINIMUM:
        version = sys.version.split()[0]
        sys.stderr.write(f"The helpline needs Python 3.11 or newer; this is {version}. Try make PYTHON=python3.12\n")
        return 1
    python = folder / "bin" / "python"
    if not python.exists():
        sys.stdout.write(f"Making {folder} …\n")
        venv.create(folder, with_pip=True)
    sys.stdout.write(f"Installing {lock} …\n")
    sys.stdout.flush()
    done = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    )
    if done.returncode:
        sys.stderr.write(f"Could not install {lock}: is there a network, and a package index?\n")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
