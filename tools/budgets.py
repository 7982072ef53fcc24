"""The budgets of the house: sizes, imports, one commit, one carrier, settings in the README. Names all at once."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("main.py", "bot", "storage", "flows")
ALL = (*ROOMS, "tools", "tests")
# A finished program has no such notes; the words are put together here so that this file has none either.
NOTES = re.compile("|".join(("TO" + "DO", "FIX" + "ME")))
LONGEST_FUNCTION, P90_FUNCTION, LONGEST_FILE = 50, 25, 250
REST_PATHS = ("/2010-04-01", "api.twilio.com")
CARRIERS = ("main.py", "bot/carrier.py", "bot/desk/")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """One Python file: its path from the root, its text, its tree."""

    def __init__(self, path: Path) -> None:
        self.path = path.relative_to(ROOT).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text, self.path)

    @property
    def module(self) -> str:
        """The dotted name."""
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def in_rooms(self) -> bool:
        """Part of the product, not of its tests and tools."""
        return not self.path.startswith(("tests/", "tools/"))

    def functions(self) -> Iterator[tuple[str, int, Function]]:
        """Every function with its length in lines, without its decorators."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield f"{self.path}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1, node


def sources(folders: tuple[str, ...] = ALL) -> list[Source]:
    """All Python files but the migrations, which tools write."""
    roots = [ROOT / name for name in folders]
    paths = [path for root in roots for path in ([root] if root.is_file() else sorted(root.rglob("*.py")))]
    return [Source(path) for path in paths if "migrations/versions" not in path.as_posix()]


def sizes(files: list[Source]) -> Iterator[str]:
    """Functions and files that are too long; tests may be long files."""
    for one in files:
        lines = one.text.count("\n")
        if lines > LONGEST_FILE and not one.path.startswith("tests/"):
            yield f"{one.path}: {lines} lines, at most {LONGEST_FILE}"
        yield from (
            f"{name}: {length} lines, at most {LONGEST_FUNCTION}"
            for name, length, _ in one.functions()
            if length > LONGEST_FUNCTION
        )
    if spread(files)[1] > P90_FUNCTION:
        yield f"a tenth of all functions is longer than {spread(files)[1]} lines, at most {P90_FUNCTION}"


def spread(files: list[Source]) -> tuple[int, int, int]:
    """Median, 90th percentile and longest of the product's functions, in lines."""
    lengths = sorted(length for one in files if one.in_rooms for _, length, _ in one.functions())
    return lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10], lengths[-1]


def hidden_imports(files: list[Source]) -> Iterator[str]:
    """An import inside a function hides what a file needs."""
    for one in files:
        for name, _, function in one.functions():
            if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)):
                yield f"{name}: imports inside a function"


def cycles(files: list[Source]) -> Iterator[str]:
    """Modules that import each other, whether at the top, in functions or for types alone."""
    known = {one.module for one in files}
    needs = {one.module: _imported(one, known) - {one.module} for one in files}
    left = dict(needs)
    while free := [name for name, wanted in left.items() if not wanted & left.keys()]:
        for name in free:
            del left[name]
    # What remains is in a cycle or leads to one; only those that can come back to themselves are named.
    yield from (f"import cycle: {name} comes back to itself" for name in sorted(left) if name in _reached(name, left))


def _imported(one: Source, known: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names} & known
            # From a package one gets what its __init__ gathers, unless what is asked for is a module itself.
            found |= names or {node.module or ""}
    return found & known


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(needs[start])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += needs.get(name, ())
    return seen


def one_commit(files: list[Source]) -> Iterator[str]:
    """Only one place ends a transaction; a second one could leave a red flag half recorded."""
    places = [
        f"{one.path}:{node.lineno}"
        for one in files
        if one.in_rooms
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    if len(places) != 1:
        yield f"commits in {len(places)} places, must be one: {', '.join(places)}"


def one_carrier(files: list[Source]) -> Iterator[str]:
    """Only bot/carrier.py talks to Twilio's REST API; main.py names its address, and the desk is that API."""
    for one in files:
        if one.in_rooms and not one.path.startswith(CARRIERS) and any(path in one.text for path in REST_PATHS):
            yield f"{one.path}: names Twilio's REST API; only bot/carrier.py calls it"


def notes(files: list[Source]) -> Iterator[str]:
    """Notes to oneself belong into an issue."""
    for one in files:
        for number, line in enumerate(one.text.splitlines(), 1):
            if NOTES.search(line):
                yield f"{one.path}:{number}: a note to oneself"


def settings(files: list[Source]) -> Iterator[str]:
    """Every setting stands in the README's table."""
    readme = ROOT / "README.md"
    said = readme.read_text(encoding="utf-8") if readme.exists() else ""
    for one in files:
        if one.path == "bot/settings.py":
            names = re.findall(r'validation_alias="(\w+)"', one.text)
            yield from (f"README.md: the setting {name} is missing" for name in names if f"`{name}`" not in said)


def main() -> int:
    """Check everything; exit 1 with one line for each that is over its budget."""
    files = sources()
    checks = (sizes, hidden_imports, cycles, one_commit, one_carrier, notes, settings)
    found = [line for check in checks for line in check(files)]
    median, p90, longest = spread(files)
    lines = sum(one.text.count("\n") for one in files if one.in_rooms)
    sys.stdout.write(f"{lines} lines; functions: median {median}, p90 {p90}, longest {longest} lines\n")
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
