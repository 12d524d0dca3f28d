"""The cache of parsed forms."""

from pathlib import Path

import pytest

from roadmapdesk.xforms.definition.cache import cached_definition
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.session.session import FormSession

_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>'
    '<model><instance><data id="f"><a/><b/></data></instance>{binds}</model></h:head><h:body>'
    '<input ref="/data/a"><label>{label}</label></input></h:body></h:html>'
)


def _form(binds: str = '<bind nodeset="/data/b" calculate="/data/a * 2"/>') -> bytes:
    return _HEAD.format(binds=binds, label="long label " * 3_000).encode()


def test_second_opening_reads_the_cache_and_behaves_alike(tmp_path: Path) -> None:
    cached_definition(_form(), tmp_path)
    (kept,) = tmp_path.iterdir()
    changed = kept.read_text("utf-8").replace('"title":"T"', '"title":"from the cache"')
    kept.write_text(changed, "utf-8")

    definition = cached_definition(_form(), tmp_path)
    session = FormSession(definition)
    session.answer("/data/a", "4")

    assert definition.title == "from the cache"
    assert session.node("/data/b").text == "8"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 0}', '{"format": 1}', '"text"'])
def test_damaged_cache_is_replaced(tmp_path: Path, content: str) -> None:
    cached_definition(_form(), tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text(content, "utf-8")

    assert cached_definition(_form(), tmp_path).title == "T"
    assert kept.read_text("utf-8") != content


def test_refused_form_is_refused_again(tmp_path: Path) -> None:
    circle = '<bind nodeset="/data/a" calculate="/data/b"/><bind nodeset="/data/b" calculate="/data/a"/>'
    for _ in range(2):
        with pytest.raises(FormError):
            cached_definition(_form(circle), tmp_path)


def test_unwritable_folder_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")

    assert cached_definition(_form(), blocked / "inside").title == "T"
