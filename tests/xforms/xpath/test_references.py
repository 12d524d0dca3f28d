"""What an expression says that it reads, before it is evaluated."""

import pytest

from roadmapdesk.xforms.xpath import compile_expression


def written(source):
    found = set()
    for reference in compile_expression(source).references:
        start = {"root": "/", "context": ".", "instance": f"#{reference.instance}"}[reference.base]
        path = "/".join("@" + name if axis == "attribute" else name for axis, name in reference.steps)
        found.add(f"{start} {path}".strip() + (" ?" if reference.is_dynamic else ""))
    return found


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ("1 + 2", set()),
        ("/data/a + ../b", {"/ data/a", ". ../b"}),
        (".", {"."}),
        ("/data/r[x = current()/../y]/z", {"/ data/r/x", ". ../y", "/ data/r/z"}),
        ("instance('l')/root/item[name = /data/q]/label", {"#l root/item/name", "/ data/q", "#l root/item/label"}),
        ("/data/r[../k = 1]", {"/ data/k", "/ data/r"}),
        ("//a", {"/ */a ?"}),
        ("/data/*", {"/ data/* ?"}),
        ("(/data/a | /data/b)/c", {"/ data/a/c", "/ data/b/c"}),
        ("/data/a/@id", {"/ data/a/@id"}),
        ("position(..)", {". .."}),
        ("string-length()", {"."}),
        ("once(/data/a)", {".", "/ data/a"}),
        ("jr:choice-name(/data/q, '/data/q')", {"/ data/q"}),
        ("jr:choice-name(/data/q, ' ../p ')", {"/ data/q", ". ../p"}),
        ("randomize(/data/r[x])/y", {"/ data/r/x", "/ data/r/y"}),
        ("/data/a/../b", {"/ data/b"}),
    ],
)
def test_every_path_is_listed(source, paths):
    assert written(source) == paths


def test_calls_are_listed_also_in_predicates():
    assert compile_expression("/a[position() = last()]/b[now() > today()]").calls == {
        "position",
        "last",
        "now",
        "today",
    }


def test_only_values_that_never_change_are_constant():
    assert compile_expression("1 + 2 * 3").is_constant
    assert compile_expression("concat('a', 'b')").is_constant
    assert not compile_expression("today()").is_constant
    assert not compile_expression("/data/a").is_constant
