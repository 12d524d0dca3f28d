"""Entities: what records create and update, and the lists that the next interviews read."""

import pytest

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.entities import EntityVerb, entity_actions, entity_declarations
from roadmapdesk.xforms.entity_lists import EntityList, merge_actions
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.session import FormSession

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" '
    'xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head><h:title>T</h:title>'
    '<model entities:entities-version="2025.1.0">'
)
REGISTER = (
    f'{HEAD}<instance><data id="register"><species/><grown/><extra><note/></extra>'
    '<room jr:template=""><label/><area/>'
    '<meta><entity dataset="rooms" create="1" id=""><label/></entity></meta></room><orx:meta><orx:instanceID/>'
    '<entity dataset="trees" create="" id=""><label/></entity></orx:meta></data></instance>'
    '<bind nodeset="/data/species" entities:saveto="species"/>'
    '<bind nodeset="/data/extra" relevant="/data/grown = \'yes\'"/>'
    '<bind nodeset="/data/extra/note" entities:saveto="note"/>'
    '<bind nodeset="/data/room/area" type="int" entities:saveto="area"/>'
    '<bind nodeset="/data/room/meta/entity/@id"/>'
    '<bind nodeset="/data/room/meta/entity/label" calculate="../../../label"/>'
    '<bind nodeset="/data/meta/entity/@create" calculate="/data/species != \'\'"/>'
    '<setvalue event="odk-instance-first-load" ref="/data/meta/entity/@id" value="uuid()"/>'
    '<bind nodeset="/data/meta/entity/label" calculate="concat(\'A \', /data/species)"/>'
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/species"/>'
    '<input ref="/data/grown"/><input ref="/data/extra/note"/><repeat nodeset="/data/room">'
    '<input ref="/data/room/label"/><input ref="/data/room/area"/>'
    '<setvalue event="odk-new-repeat" ref="/data/room/meta/entity/@id" value="uuid()"/></repeat></h:body></h:html>'
)
TREE = "instance('trees')/root/item[name = /data/tree]"
FOLLOW_UP = (
    f'{HEAD}<instance><data id="visit"><tree/><height/><species/>'
    '<meta><instanceID/><entity dataset="trees" update="1" id="" baseVersion="" trunkVersion="" branchId="">'
    '<label/></entity></meta></data></instance><instance id="trees" src="jr://file-csv/trees.csv"/>'
    '<bind nodeset="/data/height" type="int" entities:saveto="height"/>'
    '<bind nodeset="/data/species" entities:saveto="species" relevant="/data/height &gt; 100"/>'
    '<bind nodeset="/data/meta/entity/@id" calculate="/data/tree"/>'
    f'<bind nodeset="/data/meta/entity/@baseVersion" calculate="{TREE}/__version"/>'
    f'<bind nodeset="/data/meta/entity/@trunkVersion" calculate="{TREE}/__trunkVersion"/>'
    f'<bind nodeset="/data/meta/entity/@branchId" calculate="{TREE}/__branchId"/>'
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body>'
    '<select1 ref="/data/tree"><itemset nodeset="instance(\'trees\')/root/item"><value ref="name"/>'
    '<label ref="label"/></itemset></select1><input ref="/data/height"/>'
    '<input ref="/data/species"/></h:body></h:html>'
)


@pytest.fixture(scope="module")
def register():
    return FormDefinition.from_xml(REGISTER)


@pytest.fixture(scope="module")
def follow_up():
    return FormDefinition.from_xml(FOLLOW_UP)


@pytest.fixture
def planted(register):
    """The list after one record was taken over."""
    session = FormSession(register)
    session.answer("/data/species", "oak")
    trees = EntityList("trees")
    assert trees.apply(session.entities()[-1]) is None
    return trees


def test_declarations_know_their_properties(register):
    assert [(each.path, each.dataset, dict(each.properties)) for each in entity_declarations(register)] == [
        ("/data/room/meta/entity", "rooms", {"/data/room/area": "area"}),
        ("/data/meta/entity", "trees", {"/data/species": "species", "/data/extra/note": "note"}),
    ]


def test_a_record_creates_entities_of_several_lists_and_from_repeats(register):
    session = FormSession(register)
    assert session.entities() == ()
    session.answer("/data/species", "oak")
    for name, area in (("North", 12), ("South", 30)):
        room = session.add_repeat("/data/room").added[0]
        session.answer(f"{room}/label", name)
        session.answer(f"{room}/area", area)
    north, south, oak = session.entities()
    assert [(each.verb, each.dataset, each.label, dict(each.properties)) for each in (north, south, oak)] == [
        (EntityVerb.CREATE, "rooms", "North", {"area": "12"}),
        (EntityVerb.CREATE, "rooms", "South", {"area": "30"}),
        (EntityVerb.CREATE, "trees", "A oak", {"species": "oak"}),
    ]
    assert len({north.id, south.id, oak.id}) == 3
    assert all(each.has_valid_id and each.instance_id.startswith("uuid:") for each in (north, south, oak))
    session.answer("/data/grown", "yes")
    assert dict(session.entities()[-1].properties) == {"species": "oak", "note": ""}


def test_a_follow_up_reads_the_list_and_changes_it(follow_up, planted):
    oak = planted.entities[0]
    for height in (80, 90):
        session = FormSession(follow_up, resources={"trees.csv": planted.to_csv()})
        assert [choice.label for choice in session.node("/data/tree").choices] == ["A oak"]
        session.answer("/data/tree", oak.id)
        session.answer("/data/height", height)
        (action,) = session.entities()
        assert planted.apply(action) is None
        assert (action.verb, action.label, action.branch_id) == (EntityVerb.UPDATE, "", oak.branch_id)
    changed = planted.get(f"uuid:{oak.id.upper()}")
    assert (changed.version, changed.trunk_version, changed.label) == (3, None, "A oak")
    assert changed.properties == {"species": "oak", "height": "90"}  # the hidden species was left alone


def test_a_change_on_an_older_state_is_taken_over_and_told(follow_up, planted):
    oak = planted.entities[0].id
    sessions = [FormSession(follow_up, resources={"trees.csv": planted.to_csv()}) for _ in range(2)]
    for session in sessions:
        session.answer("/data/tree", oak)
    sessions[0].answer("/data/height", 120)
    sessions[0].answer("/data/species", "")
    sessions[1].answer("/data/height", 60)
    actions = [session.entities()[0] for session in sessions]
    assert [each.code for each in merge_actions({"trees": planted}, actions)] == ["entities.outdated"]
    assert planted.get(oak).properties == {"height": "60"}


def test_actions_that_cannot_be_carried_out_change_nothing(register, planted, follow_up):
    before = planted.to_csv()
    session = FormSession(register)
    session.answer("/data/species", "elm")
    action = session.entities()[0]
    elms = EntityList("trees")
    assert elms.apply(action) is None
    assert elms.apply(action).code == "entities.known"
    stray = FormSession(follow_up, resources={"trees.csv": elms.to_csv()})
    assert stray.entities() != ()
    assert planted.apply(stray.entities()[0]).code == "entities.no_id"
    stray.answer("/data/tree", action.id)
    assert planted.apply(stray.entities()[0]).code == "entities.unknown"
    assert merge_actions({}, stray.entities()) == ()
    assert planted.to_csv() == before


def test_a_list_of_a_server_begins_branches_of_its_own():
    content = b"name,label,__version,species\nUUID:0F8FAD5B-D9CB-469F-A165-70867728950E,Oak,4,oak\n"
    trees = EntityList.from_csv("trees", content, new_id=lambda: "b1")
    assert trees.to_csv() == (
        b"name,label,__version,__trunkVersion,__branchId,species\n"
        b"0f8fad5b-d9cb-469f-a165-70867728950e,Oak,4,4,b1,oak\n"
    )
    assert EntityList.from_csv("trees", trees.to_csv()).to_csv() == trees.to_csv()


def test_a_file_that_is_no_list_of_entities_is_refused():
    with pytest.raises(ValueError, match="without the columns"):
        EntityList.from_csv("trees", b"code,text\n1,oak\n")


def test_the_same_record_begins_the_same_branch_each_time(register):
    session = FormSession(register)
    session.answer("/data/species", "oak")
    lists = [EntityList("trees"), EntityList("trees")]
    for each in lists:
        merge_actions({"trees": each}, entity_actions(register, session.to_submission().xml))
    assert lists[0].to_csv() == lists[1].to_csv()


@pytest.mark.parametrize(("version", "opens"), [("2022.1.0", True), ("2025.1.7", True), ("2025.2.0", False)])
def test_newer_rules_are_refused(version, opens):
    xml = REGISTER.replace("2025.1.0", version)
    if opens:
        assert FormDefinition.from_xml(xml).problems == ()
    else:
        with pytest.raises(FormError, match="2025\\.2\\.0"):
            FormDefinition.from_xml(xml)


def test_a_restored_record_creates_the_same_entities(register):
    session = FormSession(register)
    session.answer("/data/species", "oak")
    session.add_repeat("/data/room")
    restored = FormSession.restore(register, session.answers())
    assert restored.entities() == session.entities()
    assert FormSession.from_submission(register, session.to_submission().xml).entities() == session.entities()
