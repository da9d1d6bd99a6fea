"""Small checks of what is built and locked.

assets   no built file asks another host for anything
locks    the hashed locks hold exactly the pinned requirements, and no address of a registry
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static" / "dist"
# Names of XML vocabularies look like addresses, but nothing is ever fetched from them.
VOCABULARIES = ("http://www.w3.org/",)
ADDRESS = re.compile(r"""(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"'`)]*""", re.IGNORECASE)
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
RANGE = re.compile(r"^(?!\s*#)\S+(?<!=)(?:>=|<=|~=|>|<)", re.MULTILINE)


def assets() -> list[str]:
    """Outside addresses in the built style sheets, scripts and pictures."""
    files = [path for path in sorted(DIST.rglob("*")) if path.suffix in {".css", ".js", ".svg", ".html"}]
    if not files:
        return ["static/dist is empty: run make setup"]
    return [
        f"{path.relative_to(ROOT)}: outside address {address}"
        for path in files
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not address.startswith(VOCABULARIES)
    ]


def locks() -> list[str]:
    """Requirements that are not pinned or not locked as pinned, and addresses in the locks."""
    problems = []
    for wanted, lock in (
        ("requirements.txt", "requirements.lock"),
        ("requirements-dev.txt", "requirements-dev.lock"),
    ):
        text = (ROOT / wanted).read_text()
        locked = _pins((ROOT / lock).read_text())
        problems += [f"{wanted}: pin {line.group(0)} with ==" for line in RANGE.finditer(text)]
        problems += [
            f"{lock}: {name} is {locked.get(name, 'missing')}, {wanted} says {version}; run make lock"
            for name, version in _pins(text).items()
            if locked.get(name) != version
        ]
        if re.search(r"https?://|--(?:extra-)?index-url|--find-links", (ROOT / lock).read_text()):
            problems.append(f"{lock}: holds an address")
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    problems += [
        f"package-lock.json: {name} holds an address" for name in packages if "resolved" in packages[name]
    ]
    return problems


def _pins(text: str) -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PIN.findall(text)}


def main(names: list[str]) -> int:
    """Runs the named checks; the exit status is 1 when one found something."""
    problems = [problem for name in names for problem in {"assets": assets, "locks": locks}[name]()]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    if not sys.argv[1:] or set(sys.argv[1:]) - {"assets", "locks"}:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
