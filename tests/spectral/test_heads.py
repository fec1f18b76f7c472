"""Heads: every refusal is seen, files come back as they went, clusters are where they should be."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from spectral.heads import ClusteredHead, Head, clustered_heads, load_heads, save_heads

ONE = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])  # (N, d) = (3, 2)


def a_head(name="a/b", **changes):
    return Head(**{"q": ONE, "k": -ONE, "v": ONE / 2, "causal": True, "name": name, **changes})


# Head -----------------------------------------------------------------------------------


def test_a_head_keeps_float64_read_only():
    head = Head(ONE.astype(np.float32), ONE.astype(int), ONE)
    assert (head.N, head.d, head.causal, head.name) == (3, 2, False, "head")
    assert {x.dtype for x in (head.q, head.k, head.v)} == {np.dtype(float)}
    with pytest.raises(ValueError, match="read-only"):
        head.q[0, 0] = 7
    assert repr(head) == "Head('head', N=3, d=2, causal=False)"


def test_the_smallest_head():
    assert Head([[1]], [[1]], [[1]]).N == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"q": [[1, np.nan]]}, r"q must be finite, got nan at \(0, 1\)"),
        ({"v": [[np.inf, 1]]}, r"v must be finite, got inf at \(0, 0\)"),
        ({"k": ONE[:2]}, r"k must have the shape of q, \(3, 2\), got \(2, 2\)"),
        ({"v": ONE[:, :1]}, r"v must have the shape of q, \(3, 2\), got \(3, 1\)"),
        ({"q": ONE[0]}, r"q must have 2 axes, got shape \(2,\)"),
        ({"q": np.empty((0, 2))}, r"q must be nonempty, got shape \(0, 2\)"),
        ({"k": ONE.astype(int).astype(object)}, "k must hold floats, got Fraction"),
        ({"k": ONE * 1j}, "k must be real, got dtype complex128"),
        ({"causal": 1}, "causal must be True or False, got 1"),
        ({"name": ""}, "name must be a nonempty string, got ''"),
    ],
)
def test_what_is_no_head(changes, message):
    with pytest.raises(ValueError, match=message):
        a_head(**changes)


# Files ----------------------------------------------------------------------------------


@pytest.fixture(params=[".npz", ".safetensors"])
def path(request, tmp_path):
    return tmp_path / f"heads{request.param}"


def write(path, **arrays):
    if path.suffix == ".npz":
        np.savez(path, **arrays)
    else:
        save_file({key: np.asarray(value) for key, value in arrays.items()}, path)


def test_heads_come_back(path):
    save_heads(path, [a_head(), a_head("c", causal=False, q=ONE / 3)])
    first, second = sorted(load_heads(path), key=lambda head: head.name)
    assert (first.name, first.causal, second.name, second.causal) == ("a/b", True, "c", False)
    np.testing.assert_array_equal(first.k, -ONE)
    np.testing.assert_array_equal(second.q, np.float32(ONE / 3))  # stored as float32


def test_the_same_heads_give_the_same_bytes_and_leave_nothing_beside(path):
    save_heads(path, [a_head()])
    before = path.read_bytes()
    save_heads(str(path), [a_head()])
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o644  # not the private mode of a temporary file


def test_a_failed_write_leaves_the_old_file(path, monkeypatch):
    save_heads(path, [a_head()])
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save_heads(path, [a_head("other")])
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_order_of_an_npz_is_kept(tmp_path):
    save_heads(tmp_path / "h.npz", [a_head("z"), a_head("a")])
    assert [head.name for head in load_heads(tmp_path / "h.npz")] == ["z", "a"]


def test_stacked_heads(path):
    stack = np.stack([ONE, 2 * ONE]).astype(np.float16)
    write(path, q=stack, k=stack, v=stack, causal=np.array([True, False]))
    first, second = load_heads(path)
    assert (first.name, first.causal, second.name, second.causal) == ("head0", True, "head1", False)
    np.testing.assert_array_equal(second.q, 2 * ONE)


def test_a_single_head_without_names(path):
    write(path, q=ONE, k=ONE, v=ONE)
    (head,) = load_heads(path)
    assert (head.name, head.N, head.causal) == ("head0", 3, False)


def test_names_of_stacked_heads(tmp_path):
    stack = np.stack([ONE, ONE])
    write(tmp_path / "h.npz", q=stack, k=stack, v=stack, name=np.array(["x", "y"]), causal=1)
    assert [(h.name, h.causal) for h in load_heads(tmp_path / "h.npz")] == [
        ("x", True),
        ("y", True),
    ]
    write(tmp_path / "h.npz", q=ONE, k=ONE, v=ONE, name="alone")
    assert load_heads(tmp_path / "h.npz")[0].name == "alone"


BAD = {"q": ONE, "k": ONE, "v": ONE}


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"queries": ONE, "keys": ONE}, r"must hold NAME/q, NAME/k, .*, got keys, queries$"),
        ({"a/q": ONE, "a/k": ONE}, r"must hold NAME/q, .* got a/k, a/q$"),
        ({"q": ONE, "k": ONE, "v": ONE, "w": ONE}, r"must hold .* got k, q, v, w$"),
        ({f"x{i}": ONE for i in range(20)}, r"\.\.\. \(20 in all\)$"),
        (BAD | {"q": ONE * np.nan}, r"head head0: q must be finite, got nan at \(0, 0\)"),
        (BAD | {"q": ONE[0]}, r"q must be \(heads, N, d\) or \(N, d\), nonempty, got shape \(2,\)"),
        (BAD | {"q": np.stack([ONE, ONE])}, "q, k and v must have as many heads each, got 2, 1, 1"),
        (BAD | {"causal": np.array([1, 0])}, r"causal must have 1 values, got shape \(2,\)"),
        (BAD | {"causal": np.array(2)}, "head head0: causal must be one true or false, got 2"),
    ],
)
def test_files_with_other_contents(path, arrays, message):
    write(path, **arrays)
    with pytest.raises(ValueError, match=message):
        load_heads(path)


def test_broken_files(path):
    path.write_bytes(b"no such thing")
    with pytest.raises(
        ValueError, match=rf"must be a readable {path.suffix} file, got: ."
    ) as raised:
        load_heads(path)
    assert "\n" not in str(raised.value)
    path.unlink()
    with pytest.raises(OSError, match="No such file"):
        load_heads(path)
    path.mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        load_heads(path)


def test_a_damaged_archive(tmp_path):
    path = tmp_path / "h.npz"
    save_heads(path, [a_head()])
    data = bytearray(path.read_bytes())
    data[60:100] = bytes(40)
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"must be a readable \.npz file, got: ."):
        load_heads(path)


def test_pickles_are_not_opened(tmp_path):
    np.savez(tmp_path / "h.npz", q=np.array([{}], dtype=object), k=ONE, v=ONE)
    with pytest.raises(ValueError, match="Object arrays cannot be loaded"):
        load_heads(tmp_path / "h.npz")


def test_bfloat16_is_refused_in_words(tmp_path):
    header = b'{"q":{"dtype":"BF16","shape":[1,1],"data_offsets":[0,2]}}'
    path = tmp_path / "h.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(2))
    with pytest.raises(ValueError, match=r"must be a readable .*BF16.*"):
        load_heads(path)


@pytest.mark.parametrize(
    ("name", "heads", "message"),
    [
        ("h.npy", [a_head()], r"path must end in \.npz or \.safetensors, got .*h\.npy"),
        ("h.npz", [], r"heads must be at least one, with distinct names, got \[\]"),
        ("h.npz", [a_head(), a_head()], r"with distinct names, got \['a/b', 'a/b'\]"),
        ("h.npz", [a_head(q=1e300 * ONE)], r"q of head a/b must be within float32, got 6e\+300"),
    ],
)
def test_what_is_not_saved(tmp_path, name, heads, message):
    with pytest.raises(ValueError, match=message):
        save_heads(tmp_path / name, heads)


def test_other_suffixes_are_not_loaded(tmp_path):
    with pytest.raises(ValueError, match="path must end in"):
        load_heads(tmp_path / "heads.pt")


# Clusters -------------------------------------------------------------------------------


def test_clusters_are_balanced_and_tied_to_their_centers():
    head, other = clustered_heads(10, 4, 3, rng=np.random.default_rng(0), noise=0, heads=2)
    assert isinstance(head, ClusteredHead)
    assert (head.N, head.d, head.name, other.name) == (10, 4, "clustered0", "clustered1")
    assert sorted(np.bincount(head.labels)) == [3, 3, 4]
    np.testing.assert_array_equal(head.q, head.centers[head.labels])
    np.testing.assert_array_equal(head.k, head.q)
    assert (head.centers != other.centers).all()


def test_noise_and_separation_are_standard_deviations():
    (head,) = clustered_heads(2000, 50, 200, rng=np.random.default_rng(1), separation=3, noise=0.5)
    # A standard deviation from n normal numbers has the relative error 1 / sqrt(2 n): 5 of them.
    noise = head.q - head.centers[head.labels]
    assert abs(noise.std() / 0.5 - 1) < 5 / np.sqrt(2 * noise.size)
    assert abs(head.centers.std() / 3 - 1) < 5 / np.sqrt(2 * head.centers.size)


def test_clusters_are_reproducible_and_causal_where_asked():
    first, second = (
        clustered_heads(5, 2, 5, rng=np.random.default_rng(7), causal=True)[0] for _ in range(2)
    )
    np.testing.assert_array_equal(first.v, second.v)
    assert first.causal


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 2, 1), "N must be an integer at least 1, got 0"),
        ((3, 0, 1), "d must be an integer at least 1, got 0"),
        ((3, 2, 4), "clusters must be an integer from 1 to 3, got 4"),
    ],
)
def test_sizes_of_clusters(arguments, message):
    with pytest.raises(ValueError, match=message):
        clustered_heads(*arguments, rng=np.random.default_rng(0))


def test_spreads_of_clusters():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"noise must be at least 0, got -1\.0"):
        clustered_heads(3, 2, 1, rng=rng, noise=-1)
    with pytest.raises(ValueError, match="separation must be a finite real number, got nan"):
        clustered_heads(3, 2, 1, rng=rng, separation=np.nan)
