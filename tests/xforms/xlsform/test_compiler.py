"""Compiling: extra sheets, cache, limits, all problems at once, workbooks that give the same form."""

from pathlib import Path

import pytest

from roadmapdesk.paths import cache_folder, forms_folder
from roadmapdesk.xforms.xlsform.compiler import CompiledForm, compile_form
from roadmapdesk.xforms.xlsform.problems import FormFileError, Problem, Severity
from roadmapdesk.xforms.xlsform.repairs import repair_tables
from roadmapdesk.xforms.xlsform.workbook import WorkbookError, write_workbook

SHIPPED = forms_folder() / "site_assessment.md"
SMALL = b"|survey|\n||type|name|label|\n||text|a|A|\n|notes|\n||key|text|\n||k|v|\n"


@pytest.fixture(scope="module")
def shipped() -> CompiledForm:
    return compile_form(SHIPPED, use_cache=False)


def test_shipped_form_compiles_without_problems(shipped: CompiledForm) -> None:
    assert shipped.problems == ()
    assert shipped.xform_xml.startswith(b"<?xml")
    assert set(shipped.extra_sheets) == {"scoring", "roles", "external_rows"}
    assert len(shipped.extra_sheets["scoring"]) == 44


def test_workbook_for_editing_gives_the_identical_form(shipped: CompiledForm, tmp_path: Path) -> None:
    target = tmp_path / "site_assessment.xlsx"
    write_workbook(shipped.tables, target)
    again = compile_form(target, use_cache=False)
    assert again.xform_xml == shipped.xform_xml
    assert again.extra_sheets == shipped.extra_sheets
    assert again.problems == ()


def test_workbook_never_turns_text_into_formulas(shipped: CompiledForm, tmp_path: Path) -> None:
    tables = shipped.tables.with_cell("survey", 3, "label::English (en)", "=1+1")
    target = tmp_path / "form.xlsx"
    write_workbook(tables, target)
    again = compile_form(target, use_cache=False)
    assert again.tables.sheet("survey").rows[1].get("label::English (en)") == "=1+1"


def test_second_call_comes_from_the_cache_and_damage_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = compile_form(SMALL, name="small", kind=".md")
    (entry,) = list((cache_folder() / "forms").glob("*.json"))
    monkeypatch.setattr("roadmapdesk.xforms.xlsform.compiler.subprocess.run", None)
    assert compile_form(SMALL, name="small", kind=".md") == first
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    entry.write_bytes(entry.read_bytes().replace(b"/data/a", b"/data/b"))
    assert compile_form(SMALL, name="small", kind=".md") == first


def test_problems_survive_the_cache() -> None:
    form = b"|survey|\n||type|name|label::Deutsch (de)|label::English (en)|\n||text|a|A|\n"
    first = compile_form(form, name="f", kind=".md")
    assert [problem.code for problem in first.problems] == ["form.missing_translation"]
    assert compile_form(form, name="f", kind=".md") == first


def test_all_problems_come_at_once_with_their_places() -> None:
    form = "\n".join(
        (
            "|survey|",
            "||type|name|label::Deutsch (de)|label::English (en)|relevant|constraint|",
            "||txt|a|A|A|",
            "||select_one colrs|b|B|B|",
            "||select_one colors|b|${a}|${missing_one}|",
            "||integer|c d|C|C||. > 3 and|",
            "||select_one_from_file ../../etc/passwd.csv|f|F|F|",
            "||select_one_from_file list.txt|f2|F|F|",
            "||date|f3|F|F|nofunc(1)|",
            "|choices|",
            "||list_name|name|label::Deutsch (de)|label::English (en)|",
            "||colors|r|rot|red|",
            "||colors|r|rot|red|",
            "|roles|",
            "||role|question|",
            "||x|nobody|",
        )
    )
    found = compile_form(form.encode(), name="bad", kind=".md")
    errors = {(each.code, each.sheet, each.row, each.column) for each in found.errors}
    assert found.xform_xml == b""
    assert errors >= {
        ("form.unknown_type_guess", "survey", 2, "type"),
        ("form.missing_list_guess", "survey", 3, "type"),
        ("form.duplicate_name", "survey", 4, "name"),
        ("form.unknown_reference", "survey", 4, "label::English (en)"),
        ("form.bad_name", "survey", 5, "name"),
        ("form.unfinished_expression", "survey", 5, "constraint"),
        ("form.list_path", "survey", 6, "type"),
        ("form.list_extension", "survey", 7, "type"),
        ("form.unknown_function", "survey", 8, "relevant"),
        ("form.duplicate_choice", "choices", 3, "name"),
        ("form.unknown_question", "roles", 2, "question"),
    }
    assert all(problem.sentence and problem.place for problem in found.problems)


def test_several_errors_of_the_compiler_come_together() -> None:
    form = b"|survey|\n||type|name|label|parameters|\n||range|a|A|start=x|\n||text|b|B|\n||range|c|C|step=0|\n"
    found = compile_form(form, name="bad", kind=".md")
    assert [(each.code, each.sheet, each.row) for each in found.errors] == [
        ("form.compiler", "survey", 2),
        ("form.compiler", "survey", 4),
    ]


def test_offered_repairs_make_the_form_usable() -> None:
    form = "\n".join(
        (
            "|survey|",
            "||type|name|label|",
            "||intger|a|A|",
            "||select_one colrs|b c|B ${aa_1}|",
            "||text|aa_11|A|",
            "|choices|",
            "||list_name|name|label|",
            "||colors|r|red|",
            "||colors|r|red|",
            "||colors|r|rose|",
        )
    )
    found = compile_form(form.encode(), name="bad", kind=".md")
    assert found.errors
    tables, done = repair_tables(found.tables, found.problems)
    assert len(done) == 6
    from roadmapdesk.xforms.xlsform.markdown import write_markdown

    assert compile_form(write_markdown(tables).encode(), name="good", kind=".md").problems == ()


@pytest.mark.parametrize(
    ("expression", "code"), [("${a} =", "form.unfinished_expression"), ("${a} = = 1", "form.bad_expression")]
)
def test_an_invalid_expression_leaves_a_form_for_the_preview(expression, code) -> None:
    form = f"|survey|\n||type|name|label|relevant|\n||text|a|A|\n||text|b|B|{expression} |\n"
    found = compile_form(form.encode(), name="f", kind=".md")
    assert found.xform_xml
    assert [(each.code, each.row, each.column) for each in found.errors] == [(code, 3, "relevant")]
    assert expression in found.errors[0].sentence
    assert "“”" not in found.errors[0].sentence


def test_a_cycle_names_the_questions() -> None:
    form = b"|survey|\n||type|name|label|relevant|\n||text|a|A|${b} = '1'|\n||text|b|B|${a} = '1'|\n"
    found = compile_form(form, name="f", kind=".md")
    assert any("/a" in each.sentence and "/b" in each.sentence for each in found.errors)


@pytest.mark.parametrize(
    ("source", "kind", "code"),
    [(b"x", ".pdf", "form.file_kind"), (b"x" * (51 << 20), ".md", "form.file_too_large")],
)
def test_files_that_are_no_forms_are_refused(source: bytes, kind: str, code: str) -> None:
    with pytest.raises(FormFileError) as error:
        compile_form(source, name="n", kind=kind)
    assert error.value.code == code


def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FormFileError, match=r"form\.file_missing"):
        compile_form(tmp_path / "nowhere.xlsx")


def test_time_limit_stops_the_child() -> None:
    with pytest.raises(FormFileError, match=r"form\.out_of_time"):
        compile_form(SMALL, name="slow", kind=".md", timeout_s=0.01, use_cache=False)


def test_memory_limit_ends_the_child_with_a_message() -> None:
    rows = b"".join(b"||text|q%d|Question %d|\n" % (number, number) for number in range(60_000))
    form = b"|survey|\n||type|name|label|\n" + rows
    with pytest.raises(FormFileError, match=r"form\.compiler_died"):
        compile_form(form, name="big", kind=".md", memory_mb=200, use_cache=False)


def test_deep_nesting_is_a_problem_and_not_a_crash() -> None:
    depth = 2_000
    rows = [f"||begin_group|g{number}|G|" for number in range(depth)] + ["||text|a|A|"] + ["||end_group|"] * depth
    found = compile_form(("|survey|\n||type|name|label|\n" + "\n".join(rows)).encode(), name="deep", kind=".md")
    assert [each.code for each in found.errors] == ["engine.xml.too_deep"]


def test_an_unwritable_target_is_said_in_one_sentence(shipped: CompiledForm, tmp_path: Path) -> None:
    target = tmp_path / "no-folder" / "form.xlsx"
    with pytest.raises(WorkbookError, match=r"form\.not_writable"):
        write_workbook(shipped.tables, target)


def test_problem_record_round_trip() -> None:
    problem = Problem(
        "form.duplicate_choice", Severity.WARNING, "choices", 3, "name", {"name": "a", "list": "l", "other": "2"}
    )
    assert Problem.from_record(problem.to_record()) == problem


def test_wordings_keep_their_typographic_quotes_and_expressions_get_straight_ones() -> None:
    form = (
        "|survey|\n||type|name|label|relevant|\n"
        "||text|one|Was heißt „gut“, was ‘so’?|\n||text|two|Two|${one} = ‘x’|\n"
    )

    xml = compile_form(form.encode(), name="quotes", kind=".md", use_cache=False).xform_xml.decode()

    assert "Was heißt „gut“, was ‘so’?" in xml
    assert "/data/one  = 'x'" in xml


def test_a_warning_about_a_row_hides_no_error_of_the_engine() -> None:
    form = (
        b"|survey|\n||type|name|label|appearance|relevant|\n||text|a|A|sparkling|${b} = 1|\n||text|b|B||${a} = 1|\n"
    )
    found = compile_form(form, name="f", kind=".md", use_cache=False)
    assert {"form.unknown_appearance", "engine.form.cycle"} <= {problem.code for problem in found.problems}


def test_external_choices_and_own_entity_lists_count_as_lists_of_the_form() -> None:
    form = (
        b"|survey|\n||type|name|label|choice_filter|save_to|\n||select_one_external towns|t|T|state='sn'||\n"
        b"||text|h|H|||height|\n|external_choices|\n||list_name|name|label|state|\n||towns|a|A|sn|\n"
        b"|entities|\n||list_name|entity_id|\n||trees|${h}|\n"
    )
    found = compile_form(form, name="f", kind=".md", use_cache=False)
    assert [problem.code for problem in found.problems if "instance" in problem.code] == []
    assert found.xform_xml


def test_a_reference_that_is_broken_in_one_translation_is_named_there_and_can_be_repaired() -> None:
    form = "\n".join(
        (
            "|survey|",
            "||type|name|label::English (en)|label::Deutsch (de)|label::Français (fr)|",
            "||text|town|T|O|V|",
            "||note|n1|To ${town}|Nach ${twon}|A ${town}|",
            "||note|n2|To ${town}|Nach ${town|A ${town}|",
            "||note|n3|To ${town}|Nach|A ${town}|",
        )
    )
    found = compile_form(form.encode(), name="f", kind=".md", use_cache=False)
    german = [each for each in found.problems if each.column == "label::Deutsch (de)"]
    assert len(german) == len(found.problems)
    assert [(each.code.rpartition(".")[2], each.row, each.repair and each.repair.value) for each in german] == [
        ("unknown_reference_guess", 3, "Nach ${town}"),
        ("reference_not_in_translation", 3, None),
        ("broken_reference", 4, "Nach ${town}"),
        ("reference_not_in_translation", 4, None),
        ("reference_not_in_translation", 5, None),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("colours", "select_one colors"),
        ("COLORS", "select_one colors"),
        ("c_o_lors", "select_one colors"),
        ("nowhere", None),
        ("zz", None),
        ("one", None),
        ("on_e_more", "select_one one_more"),
    ],
)
def test_a_list_is_offered_for_one_that_does_not_exist_only_where_it_is_near(written, meant) -> None:
    lists = "|choices|\n||list_name|name|label|\n||colors|y|Yes|\n||one_more|n|No|\n"
    form = f"|survey|\n||type|name|label|\n||select_one {written}|a|A|\n{lists}"
    found = compile_form(form.encode(), name="f", kind=".md", use_cache=False)
    assert found.errors[0].code == ("form.missing_list_guess" if meant else "form.missing_list")
    assert (found.errors[0].repair and found.errors[0].repair.value) == meant
