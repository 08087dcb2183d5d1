"""Which journal is chosen where, with mount tables written by hand."""

import pytest

from sm_lineage_magics.backends.local.file.filesystem import filesystem_of, journal_for
from sm_lineage_magics.backends.local.store import Store
from sm_lineage_magics.errors import ConfigError, StoreError

ROOT = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw"


@pytest.fixture
def mounts(tmp_path):
    """Writes a mount table with lines after the one of the root."""

    def write(*lines):
        table = tmp_path / "mountinfo"
        table.write_text("\n".join([ROOT, *lines]) + "\n")
        return table

    return write


def mount(folder, filesystem):
    return f"30 22 0:41 / {folder} rw,relatime shared:2 - {filesystem} source rw,vers=4.1"


@pytest.mark.parametrize("filesystem", ["ext4", "xfs", "btrfs", "overlay", "tmpfs"])
def test_a_disk_of_this_machine_has_a_write_ahead_log(mounts, filesystem):
    assert journal_for("/mnt/a/lineage.db", mounts(mount("/mnt/a", filesystem))) == "WAL"


@pytest.mark.parametrize(
    "filesystem",
    ["nfs", "nfs4", "cifs", "smb3", "fuse.s3fs", "9p", "lustre", "ceph", "glusterfs", "newfs"],
)
def test_a_network_or_unknown_file_system_never_has_one(mounts, filesystem):
    assert journal_for("/mnt/a/lineage.db", mounts(mount("/mnt/a", filesystem))) == "DELETE"


def test_without_a_mount_table_the_file_system_is_unknown(tmp_path):
    """macOS and Windows have none."""
    assert filesystem_of("/home/ann/lineage.db", tmp_path / "nothing") == "unknown"


def test_the_longest_folder_holds_the_file(mounts):
    table = mounts(mount("/mnt", "nfs4"), mount("/mnt/disk", "xfs"))

    assert filesystem_of("/mnt/disk/lineage.db", table) == "xfs"
    assert filesystem_of("/mnt/disks/lineage.db", table) == "nfs4"
    assert filesystem_of("/home/lineage.db", table) == "ext4"


def test_of_two_mounts_at_one_place_the_later_counts(mounts):
    table = mounts(mount("/mnt", "ext4"), mount("/mnt", "nfs4"))

    assert filesystem_of("/mnt/lineage.db", table) == "nfs4"


def test_a_folder_with_a_space_is_found(mounts):
    assert filesystem_of("/mnt/my data/a.db", mounts(mount("/mnt/my\\040data", "nfs"))) == "nfs"


def test_a_link_is_followed_to_where_the_file_is(mounts, tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    table = mounts(mount(tmp_path / "far", "nfs4"))

    assert filesystem_of(tmp_path / "near" / "lineage.db", table) == "nfs4"


def journal_of(store):
    with store.reading() as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0].upper()


def test_a_store_on_a_network_is_opened_with_a_rollback_journal(mounts, tmp_path):
    store = Store.open(tmp_path / "lineage.db", mounts=mounts(mount(tmp_path, "nfs4")))

    assert journal_of(store) == "DELETE"
    store.close()


def test_a_store_that_moved_to_a_network_changes_its_journal(mounts, tmp_path):
    path = tmp_path / "lineage.db"
    Store.open(path, mounts=mounts()).close()
    store = Store.open(path, mounts=mounts(mount(tmp_path, "nfs4")))

    assert journal_of(store) == "DELETE"
    store.close()


def test_a_journal_that_cannot_change_is_said(mounts, tmp_path):
    """The other notebook has it open with a write-ahead log, as if on a disk of its own."""
    path = tmp_path / "lineage.db"
    other = Store.open(path, mounts=mounts())
    other.count()

    with pytest.raises(StoreError, match="Close the other notebooks"):
        Store.open(path, mounts=mounts(mount(tmp_path, "nfs4")))
    assert journal_of(other) == "WAL"
    other.close()


def test_the_variable_decides(mounts, tmp_path, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_JOURNAL", "delete")
    store = Store.open(tmp_path / "lineage.db", mounts=mounts())

    assert journal_of(store) == "DELETE"
    store.close()


def test_a_variable_that_says_something_else_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SM_LINEAGE_JOURNAL", "MEMORY")

    with pytest.raises(ConfigError, match="Expected WAL or DELETE"):
        Store.open(tmp_path / "lineage.db")
