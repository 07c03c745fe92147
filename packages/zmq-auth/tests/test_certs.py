"""Certificates: their files, who may read them, and what stands in them."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

import zmq
import zmq.auth
from zmq.auth import certs

PUBLIC = "yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
SECRET = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"


def mode(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.fixture(autouse=True)
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_what_is_written_is_read(tmp_path):
    public_file, secret_file = zmq.auth.create_certificates(tmp_path, "alice")
    assert public_file == str(tmp_path / "alice.key")
    assert secret_file == str(tmp_path / "alice.key_secret")
    public, secret = zmq.auth.load_certificate(secret_file)
    assert zmq.auth.load_certificate(public_file) == (public, None)
    assert zmq.curve_public(secret) == public


@pytest.mark.skipif(os.name != "posix", reason="no modes of files")
@pytest.mark.parametrize("overwrite", [False, True])
def test_nobody_else_can_read_the_secret_file_ever(tmp_path, monkeypatch, overwrite):
    os_open, seen = os.open, {}

    def watched_open(path: str, flags: int, file_mode: int) -> int:
        fd = os_open(path, flags, file_mode)
        seen[Path(path).name] = stat.S_IMODE(os.fstat(fd).st_mode), os.fstat(fd).st_size
        return fd

    if overwrite:
        (tmp_path / "alice.key_secret").touch(0o644)
    monkeypatch.setattr(os, "open", watched_open)
    _, secret_file = zmq.auth.create_certificates(
        tmp_path, "alice", overwrite=overwrite
    )
    assert mode(secret_file) == 0o600
    # the moment the file comes into being, when it is still empty
    created = [value for name, value in seen.items() if "secret" in name]
    assert created == [(0o600, 0)]


@pytest.mark.parametrize("existing", ["alice.key", "alice.key_secret"])
def test_nothing_is_overwritten_unless_wanted(tmp_path, existing):
    (tmp_path / existing).write_text("precious")
    with pytest.raises(FileExistsError, match=existing):
        zmq.auth.create_certificates(tmp_path, "alice", overwrite=False)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        existing: "precious"
    }


@pytest.mark.parametrize("arguments", [{}, {"overwrite": True}], ids=str)
def test_overwriting(tmp_path, arguments):
    """By default, as in pyzmq 27: parsl and cylc make their keys at each start."""
    before = zmq.auth.create_certificates(tmp_path, "alice")
    old = zmq.auth.load_certificate(before[1])
    os.chmod(before[1], 0o644)
    assert zmq.auth.create_certificates(tmp_path, "alice", **arguments) == before
    assert zmq.auth.load_certificate(before[1]) != old
    assert len(list(tmp_path.iterdir())) == 2
    assert os.name != "posix" or mode(before[1]) == 0o600


def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(certs, "_PUBLIC_HEAD", "{time}\ud800")
    for overwrite in (False, True):
        with pytest.raises(UnicodeEncodeError):
            zmq.auth.create_certificates(tmp_path, "bob", overwrite=overwrite)
        assert not [p for p in tmp_path.iterdir() if p.name != "bob.key_secret"]
        assert overwrite or not (tmp_path / "bob.key_secret").exists()


def test_a_disk_that_is_full_after_one_file_leaves_the_old_pair(tmp_path, monkeypatch):
    files = zmq.auth.create_certificates(tmp_path, "alice")
    before = [Path(file).read_text() for file in files]
    written = []

    def full(fd: int) -> None:
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(fd)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        zmq.auth.create_certificates(tmp_path, "alice")
    assert [Path(file).read_text() for file in files] == before
    assert len(os.listdir(tmp_path)) == 2


def test_the_name_is_joined_to_the_directory_as_a_path(tmp_path: Path) -> None:
    """As with pyzmq 27.3."""
    directory = tmp_path / "keys"
    directory.mkdir()
    for name in (Path("alice"), "../bob", str(tmp_path / "carol")):
        files = zmq.auth.create_certificates(directory, name)
        whole = os.path.join(directory, name)
        assert files == (f"{whole}.key", f"{whole}.key_secret")
        assert zmq.auth.load_certificate(files[1])[1]
    with pytest.raises(TypeError):
        zmq.auth.create_certificates(directory, 5)  # type: ignore[arg-type]


def test_no_such_directory(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        zmq.auth.create_certificates(tmp_path / "nowhere", "alice")
    with pytest.raises(FileNotFoundError) as caught:
        zmq.auth.create_certificates(tmp_path / "nowhere", "alice")
    assert caught.value.filename == str(tmp_path / "nowhere")


def test_metadata(tmp_path):
    metadata = {"name": "Älice", "email": "alice@example.com", "public": "no = yes"}
    public_file, secret_file = zmq.auth.create_certificates(tmp_path, "a", metadata)
    text = Path(secret_file).read_text(encoding="utf-8")
    assert [*map(str.split, text.split("metadata\n")[1].splitlines()[:3])] == [
        ["name", "=", "Älice"],
        ["email", "=", "alice@example.com"],
        ["public", "=", "no", "=", "yes"],
    ]
    assert "lice" not in Path(public_file).read_text(encoding="utf-8")
    zmq.auth.load_certificate(secret_file)


@pytest.mark.parametrize(
    "metadata",
    [
        {"name": f'x\npublic-key = "{PUBLIC}"'},
        {"name\nother": "x"},
        {"name": "x\u2028y"},
        {"public-key = x": "y"},
        {"name": "x\r"},
        {"name": "x\n"},
        {"public-key": PUBLIC},
        {" secret-key ": SECRET},
        {" name": "x"},
        {"#": "x"},
    ],
)
def test_metadata_cannot_write_keys(tmp_path, metadata):
    with pytest.raises(ValueError, match="metadata"):
        zmq.auth.create_certificates(tmp_path, "alice", metadata)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        f'curve\n    public-key = "{PUBLIC}"\n    secret-key = "{SECRET}"\n',
        f"curve\n    public-key = '{PUBLIC}'\n    secret-key = '{SECRET}'\n",
        f"public-key={PUBLIC}\nsecret-key={SECRET}",
        f'#   c\r\ncurve\r\n\tpublic-key="{PUBLIC}"\r\n\tsecret-key="{SECRET}"\r\n',
        f'# public-key = "x"\n  public-key = "{PUBLIC}"\nsecret-key = "{SECRET}"',
        f'metadata\n    n = public-key\npublic-key = "{PUBLIC}"\nsecret-key = {SECRET}',
    ],
)
def test_spellings(tmp_path, text):
    file = tmp_path / "some.key_secret"
    file.write_bytes(text.encode())
    assert zmq.auth.load_certificate(file) == (PUBLIC.encode(), SECRET.encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"curve\n",
        b"public-key\n",
        f'secret-key = "{SECRET}"'.encode(),
        f'public-key: "{PUBLIC}"'.encode(),
        f'xpublic-key = "{PUBLIC}"'.encode(),
        b"\xff\xfe\x00",
    ],
)
def test_no_public_key(tmp_path, content):
    file = tmp_path / "some.key"
    file.write_bytes(content)
    with pytest.raises(
        ValueError, match=r"No public key found in .*some\.key"
    ) as caught:
        zmq.auth.load_certificate(file)
    assert SECRET not in str(caught.value)


def test_no_such_file(tmp_path):
    with pytest.raises(OSError, match=r"nobody\.key"):
        zmq.auth.load_certificate(tmp_path / "nobody.key")


def test_a_directory_of_certificates(tmp_path, make_key):
    keys = {make_key(name, tmp_path).public for name in ("alice", "bob")}
    (tmp_path / "notes.txt").write_text("no certificate")
    (tmp_path / ".hidden.key").write_text("half a certifi")
    assert zmq.auth.load_certificates(tmp_path) == dict.fromkeys(keys, True)


def test_the_default_is_the_working_directory(tmp_path, make_key, monkeypatch):
    key = make_key("alice", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert zmq.auth.load_certificates() == {key.public: True}


def test_a_directory_with_a_bad_certificate(tmp_path, make_key):
    make_key("alice", tmp_path)
    (tmp_path / "bob.key").write_text("curve\n")
    with pytest.raises(ValueError, match=r"bob\.key"):
        zmq.auth.load_certificates(tmp_path)


def test_not_a_directory(tmp_path, make_key):
    for path in (tmp_path / "nowhere", make_key("alice").file):
        with pytest.raises(OSError, match=path.name):
            zmq.auth.load_certificates(path)
