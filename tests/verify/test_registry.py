"""Which claims exist: found in text, the same as what the modules declare."""

import ast
import re
from pathlib import Path

import pytest

import verify
from verify import registry
from verify.claim import Claim
from verify.packs import declared
from verify.registry import (
    PAPERS,
    Entry,
    UnknownClaim,
    add_folder,
    entries,
    find,
    get,
    left_out,
    load,
    room,
)

FILES = [path for paper in PAPERS for path in (registry.HERE / room(paper)).glob("*.py")]


def claims_called(tree):
    """The arguments of each `Claim(...)` in a file."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        [ast.literal_eval(a) for a in call.args]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Claim"
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_claim_that_is_declared_is_found(path):
    declared = claims_called(ast.parse(path.read_text(encoding="utf-8")))
    module = f"verify.{path.parent.name}.{path.stem}"
    assert [[e.id, e.title] for e in entries() if e.module == module] == sorted(
        declared, key=lambda d: Entry(*d, module).order
    )


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_an_entry_loads_the_claim_of_its_id_and_title(entry):
    claim = load(entry)
    assert (claim.id, claim.title) == (entry.id, entry.title)
    assert claim.parts
    assert claim is get(entry.id)


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_the_file_of_a_claim_is_in_the_room_of_its_paper(entry):
    paper, _, name = entry.id.partition("/")
    assert entry.module.startswith(f"verify.{room(paper)}.")
    declared = [e for e in entries() if e.module == entry.module]
    if len(declared) == 1:
        file = entry.module.rpartition(".")[2]
        assert file.replace("_", "") == re.sub(r"[._]", "", name).lower()


def test_a_file_without_a_claim_goes_on_with_that_of_one_other():
    claims = {e.module: e for e in entries() if not e.file}
    goes_on = [name for e in claims.values() for name in registry._continuations(e)]
    files = {f"verify.{path.parent.name}.{path.stem}" for path in FILES if path.stem != "__init__"}
    assert sorted(goes_on) == sorted(files - set(claims))
    assert "verify.sequence.theorem30_step1" in goes_on


def test_a_room_is_a_package_with_claims_of_its_paper():
    assert room("far-field") == "far_field"
    rooms = {p.parent.name for p in registry.HERE.glob("*/*.py") if declared(p)}
    assert rooms == {room(e.id.partition("/")[0]) for e in entries()}
    assert all((registry.HERE / r / "__init__.py").is_file() for r in rooms)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("theorem58", ["sequence/theorem58"]),
        ("sequence/theorem58", ["sequence/theorem58"]),
        ("unified/lemma8.2", ["unified/lemma8.2"]),
    ],
)
def test_an_id_or_a_bare_id(name, ids):
    assert [e.id for e in find(name)] == ids


def test_a_paper_is_all_of_its_claims():
    assert {e.id.partition("/")[0] for e in find("unified")} == {"unified"}
    assert len(find("unified")) >= 2


def test_papers_and_numbers_are_in_order():
    ids = [e.id for e in entries()]
    assert ids.index("sequence/theorem17") < ids.index("sequence/theorem58")
    assert ids.index("sequence/theorem58") < ids.index("unified/example1.1")


@pytest.mark.parametrize("name", ["", "theorem", "sequence/", "/theorem58", "theorem58 ", "*"])
def test_anything_else_is_unknown(name):
    with pytest.raises(UnknownClaim, match=re.escape(f"no claim {name!r}")):
        find(name)


def test_an_entry_whose_module_does_not_declare_it_is_unknown():
    entry = Entry("sequence/theorem99", "no such", "verify.sequence.theorem58")
    with pytest.raises(UnknownClaim, match=r"theorem58 declares no claim 'sequence/theorem99'"):
        load(entry)


def test_the_package_offers_get_and_run():
    assert verify.get("theorem58").id == "sequence/theorem58"
    assert set(dir(verify)) >= {"run", "get", "Claim", "le", "given", "rows"}
    with pytest.raises(AttributeError, match="module 'verify' has no attribute 'nosuch'"):
        _ = verify.nosuch


# Claims of other people -------------------------------------------------------------------


def test_a_folder_of_claims(toys):
    (entry,) = find("toy/theorem1")
    assert Path(entry.file).parent == toys
    assert isinstance(load(entry), Claim)
    assert load(entry) is load(entry)


def test_a_folder_is_added_once(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_folders", [])
    (tmp_path / "mine.py").write_text('Claim("mine/theorem1", "a \\"title\\"")\n')
    add_folder(tmp_path)
    add_folder(tmp_path)
    assert [e.id for e in entries() if e.id.startswith("mine/")] == ["mine/theorem1"]


@pytest.mark.parametrize("text", [None, "x = 1\n"])
def test_a_folder_without_claims_is_refused(tmp_path, text):
    folder = tmp_path / "claims"
    if text is not None:
        folder.mkdir()
        (folder / "mine.py").write_text(text)
    with pytest.raises(ValueError, match=r"a folder of claims must hold a \.py file with a Claim"):
        add_folder(folder)


def test_of_an_id_that_is_declared_twice_the_first_counts(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_folders", [])
    (tmp_path / "mine.py").write_text('Claim("sequence/theorem58", "a")\nClaim("my/lemma1", "b")')
    add_folder(tmp_path)
    assert get("theorem58").title == "the Frobenius error of ternary quantization"
    assert [e.title for e in find("my")] == ["b"]
    (broken,) = left_out()
    assert str(broken) == (
        f"sequence/theorem58 in {tmp_path / 'mine.py'}: claim ids must be distinct, and "
        "verify.sequence.theorem58 has it too"
    )


def test_what_cannot_be_read_is_left_out(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_folders", [])
    (tmp_path / "good.py").write_text('Claim("my/lemma1", "b")')
    (tmp_path / "latin.py").write_bytes('Claim("my/lemma2", "\xe9")'.encode("latin-1"))
    add_folder(tmp_path)
    assert [e.id for e in find("my")] == ["my/lemma1"]
    (broken,) = left_out()
    assert str(broken).startswith(f"{tmp_path / 'latin.py'}: UnicodeDecodeError: 'utf-8' codec")


def test_folders_of_one_name_are_told_apart(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_folders", [])
    for i in (1, 2):
        folder = tmp_path / str(i) / "claims"
        folder.mkdir(parents=True)
        text = f'from verify import Claim\nmine = Claim("my/lemma{i}", "{i}")\n'
        (folder / "lemma.py").write_text(text)
        add_folder(folder)
    assert [get(f"my/lemma{i}").title for i in (1, 2)] == ["1", "2"]


def test_a_module_that_fails_is_not_half_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "_folders", [])
    path = tmp_path / "mine.py"
    path.write_text('raise RuntimeError("first")\nClaim("mine/theorem1", "t")\n')
    add_folder(tmp_path)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="first"):
            get("mine/theorem1")


class Point:
    """An entry point, as `importlib.metadata` gives them."""

    def __init__(self, value):
        self.name, self.value = "mine", value


def test_a_registered_package_is_looked_at(monkeypatch, tmp_path):
    package = tmp_path / "their_claims"
    package.mkdir()
    (package / "__init__.py").write_text('raise RuntimeError("it must not be imported")\n')
    (package / "theirs.py").write_text('Claim("theirs/theorem1", "a title")\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Point("their_claims")])
    assert [e.title for e in find("theirs")] == ["a title"]


def test_a_registered_package_is_imported_as_one(monkeypatch, tmp_path):
    package = tmp_path / "our_claims"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "_titles.py").write_text('TITLE = "a title"\n')
    text = "from verify import Claim\nfrom ._titles import TITLE\n"
    (package / "ours.py").write_text(text + 'ours = Claim("ours/theorem1", "a title")\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Point("our_claims")])
    assert get("ours/theorem1").title == "a title"


@pytest.mark.parametrize("value", ["no_such_package", "json.decoder", "no_such_package.claims"])
def test_a_registered_name_that_is_no_package_is_left_out(monkeypatch, value):
    shipped = len(entries())
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Point(value)])
    assert len(entries()) == shipped
    (broken,) = left_out()
    assert broken.where == "entry point mine"
    assert broken.why in (
        f"must name a package, got {value!r}",
        "ModuleNotFoundError: No module named 'no_such_package'",
    )


# Declaring --------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["theorem58", "a/b/c", "paper/", "paper/58", "pa per/theorem1"])
def test_an_id_must_look_like_one(id):
    with pytest.raises(ValueError, match="id must look like 'paper/theorem30', got"):
        Claim(id, "title")


def test_a_part_is_declared_once():
    claim = Claim("toy/theorem1", "t")
    claim.definition("a", part="one", where="math.pi")
    with pytest.raises(ValueError, match="part 'one' of toy/theorem1 is declared twice"):
        claim.definition("b", part="one", where="math.pi")


@pytest.mark.parametrize("given", [[1, 2], 3, (1,), "weights"])
def test_given_must_be_cases(given):
    with pytest.raises(TypeError, match="given must be a Cases or a tuple of them, got"):
        Claim("toy/theorem1", "t").part("s", given=given)(lambda x: x)


def test_kind_and_name():
    claim = Claim("unified/lemma8.2", "t")
    assert (claim.kind, repr(claim)) == ("lemma", "Claim('unified/lemma8.2', 't', 0 parts)")
