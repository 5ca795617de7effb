"""The rules of the house that no linter knows. Each failure says what to do instead."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = ("pilar", "personnel", "targets", "assistance", "tests")
APPS = ("pilar/core", "pilar/dashboard", "pilar/reports", "personnel", "targets", "assistance")
PYTHON_LINES, TEMPLATE_LINES = 330, 100


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files() -> list[Path]:
    found = [path for top in OURS for path in (ROOT / top).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


PYTHON = python_files()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


# --- sizes -------------------------------------------------------------------


def test_no_python_file_is_too_long():
    long = {relative(path): n for path in PYTHON if (n := lines_of(path)) > PYTHON_LINES}
    assert not long, f"Split these by noun (at most {PYTHON_LINES} lines): {long}"


def test_no_template_is_too_long():
    long = {relative(path): n for path in TEMPLATES if (n := lines_of(path)) > TEMPLATE_LINES}
    assert not long, f"Move parts to components or included files (at most {TEMPLATE_LINES} lines): {long}"


def test_nothing_is_kept_on_the_machine_of_who_wrote_it():
    """A test keeps files in `tmp_path`, a picture where PILAR_SHOTS says."""
    found = [relative(path) for path in PYTHON if re.search(r"[\"'](/tmp|/home|/root|/work)/", path.read_text())]
    assert not found, f"Paths of one machine: {found}"


# --- templates ---------------------------------------------------------------

FORBIDDEN = (
    (r"\sstyle\s*=", "The content policy blocks style=: give it a class in static/css, or an SVG attribute."),
    (r"\son[a-z]+\s*=\s*[\"']", "The content policy blocks on…=: listen in a file under static/js."),
    (r"<script(?![^>]*\ssrc=)[^>]*>", "The content policy blocks inline scripts: put it in a file under static/js."),
    (r"<style\b", "The content policy blocks <style>: put it in static/css."),
    (r"\{[{%][^}]*\.(objects|all|filter|select_related)\b", "A template asks no database: the view hands it the rows."),
    (r"\{[{%][^}]*_set\b", "A template asks no database: the view hands it the rows."),
    (
        r"(?<!field\.help_text)\|\s*safe\b",  # a form's help text is written by us
        "Text from people must stay escaped: build markup in a template or with format_html.",
    ),
)


@pytest.mark.parametrize(("pattern", "lesson"), FORBIDDEN, ids=[lesson.split(":")[0] for _, lesson in FORBIDDEN])
def test_no_template_holds(pattern, lesson):
    found = [
        f"{relative(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line, re.IGNORECASE)
    ]
    assert not found, f"{lesson} {found}"


def test_every_component_opens_with_what_it_takes():
    silent = [relative(path) for path in COMPONENTS if not path.read_text().startswith(("{% comment %}", "{#"))]
    assert not silent, f"Begin with a comment that names the component and its context: {silent}"


def test_a_component_is_included_with_nothing_but_what_it_is_given():
    include = re.compile(r"\{%\s*include\s+\"components/[^%]*%\}")
    found = [
        f"{relative(path)}: {tag}"
        for path in TEMPLATES
        for tag in include.findall(path.read_text())
        if not re.search(r"\sonly\s*%\}$", tag)
    ]
    assert not found, f"End the include with `only`: a component must not read the page's context. {found}"


# --- the gate ----------------------------------------------------------------

#: functions that put the rows they are handed through the gate
GATES = {"narrow_choices", "names_of", "visible_to", "none", "links_of", "attachments_listed", "proof_section"}
#: bases that narrow their own `queryset` or the choices of their fields
NARROWING = ("Gated", "EntrySerializer")

#: (file, class or function) -> why its rows need no gate of their own
UNGATED = {
    ("assistance/views/batches.py", "faults_first"): "a sub-query on lines that are gated already",
    ("assistance/views/lines.py", "LineFindView.get_context_data"): "lines of a gated list and of gated people",
}


def doors() -> list[Path]:
    """Modules of the two doors: views, API and pages."""

    def is_door(path: Path) -> bool:
        parts = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
        named = path.stem == "api" or path.stem.endswith("views") or path.stem in ("rows", "panels", "board")
        return (named or bool(parts & {"views", "api", "pages"})) and "tests" not in parts

    return [path for path in PYTHON if is_door(path)]


def scoped_models() -> set[str]:
    return {model.__name__ for model in apps.get_models() if hasattr(model, "scope")}


def with_parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


def name_of(call: ast.AST) -> str:
    function = getattr(call, "func", None)
    return getattr(function, "id", "") or getattr(function, "attr", "")


def is_gated(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether the query that starts at `node` meets a gate in its own chain, or is handed to one."""
    for outer in above(node, parents):
        if isinstance(outer, ast.Call) and name_of(outer) in GATES:
            return True
        if isinstance(outer, ast.stmt):
            return is_narrowed_later(outer, parents)
    return False


def is_narrowed_later(statement: ast.stmt, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether the statement is an attribute of a class whose base narrows it: its `queryset`, or its fields'."""
    owner = parents.get(statement)
    if not isinstance(owner, ast.ClassDef):
        return False
    bases = {getattr(base, "id", "") or getattr(base, "attr", "") for base in owner.bases}
    return any(base.startswith(NARROWING) for base in bases)


def place_of(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    named = [n.name for n in above(node, parents) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return ".".join(reversed(named))


def ungated(source: str, models: set[str]) -> list[tuple[int, str]]:
    """(line, place) of each query on a scoped model that no gate narrows."""
    tree = ast.parse(source)
    parents = with_parents(tree)
    return [
        (node.lineno, place_of(node, parents))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_default_manager")
        and getattr(node.value, "id", "") in models
        and not is_gated(node, parents)
    ]


def found_ungated() -> dict[tuple[str, str], int]:
    models = scoped_models()
    return {(relative(path), place): line for path in doors() for line, place in ungated(path.read_text(), models)}


def test_no_door_passes_the_gate_by():
    faults = {place: line for place, line in found_ungated().items() if place not in UNGATED}
    assert not faults, (
        "Take rows through the gate: X.objects.visible_to(user), narrow_choices(X.objects..., user), or the class "
        f"attribute `queryset` of a Gated… base; or state here in UNGATED why not: {faults}"
    )


def test_no_exception_from_the_gate_outlives_its_code():
    stale = set(UNGATED) - set(found_ungated())
    assert not stale, f"Gated by now, or gone; take them out of UNGATED: {stale}"


@pytest.mark.parametrize(
    ("code", "faulty"),
    [
        ("Person.objects.all()", True),
        ("Person.objects.visible_to(user).filter(pk=1)", False),
        ("rows = narrow_choices(Person.objects.select_related('a'), user)", False),
        ("class V(GatedListView):\n    queryset = Person.objects.all()", False),
        ("class V(ListView):\n    queryset = Person.objects.all()", True),
        ("class F(GatedForm):\n    who = Field(Person.objects.all())", False),
        ("class F(FilterSet):\n    who = Field(queryset=Person.objects.all())", True),
        ("class V(GatedListView):\n    def rows(self):\n        return Person.objects.all()", True),
        ("def f():\n    return count(Person.objects.filter(pk=1))", True),
        ("Place.objects.all()", False),
    ],
)
def test_the_gates_watchman_sees(code, faulty):
    assert bool(ungated(code, {"Person"})) is faulty


# --- the clock, the papers ---------------------------------------------------


def test_models_and_services_have_no_clock():
    """`today` and `now` come from the caller, so that a rule can be tried on any day."""
    clock = {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime")}
    clock |= {("datetime", "now"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in PYTHON
        if {"models", "services"} & {part.removesuffix(".py") for part in path.parts} and "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and (getattr(node.value, "id", ""), node.attr) in clock
    ]
    assert not found, f"Take `today` or `now` as an argument; views pass the clock in: {found}"


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is_for(app):
    assert (ROOT / app / "README.md").exists(), f"Write {app}/README.md: what it holds, where each rule is kept."


def test_every_dependency_has_a_reason():
    reasons = (ROOT / "docs/adr/0007-dependencies.md").read_text().lower()
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    names = [re.split(r"[\[=<>~;! ]", line)[0].lower() for line in lines if line]
    missing = [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", reasons)]
    assert not missing, f"Say in docs/adr/0007-dependencies.md why these and not another: {missing}"
