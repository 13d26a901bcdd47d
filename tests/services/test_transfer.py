"""Bringing everything from one store into another: once, again, and after it broke off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from src.spark.adapters.files.media import FileMediaStore
from src.spark.errors import (
    ProjectDamaged,
    ProjectNotFound,
    StorageFull,
    StorageUnavailable,
)
from src.spark.models import Origin
from src.spark.pictures import Picture
from src.spark.ports import Dossier
from src.spark.services.transfer import Tally, TransferService

from ..samples import BEGINNING, FAKED, a_project

LATER = BEGINNING + timedelta(days=1)


class FakeProjects:
    """The part of a `ProjectStore` that copies are made with. A failure for an id is raised."""

    def __init__(self):
        self.dossiers, self.failures, self.down, self.adopted = {}, {}, None, []

    def ids(self):
        self.check()
        yield from sorted({*self.dossiers, *self.failures})

    def dossier(self, project_id):
        if failure := self.failures.get(project_id):
            raise failure
        if project_id not in self.dossiers:
            raise ProjectNotFound()
        return self.dossiers[project_id]

    def adopt(self, dossier, only_new=False):
        self.check()
        self.adopted.append(dossier.project.project_id)
        self.dossiers[dossier.project.project_id] = dossier

    def check(self):
        if self.down:
            raise self.down

    def keep(self, *dossiers):
        for dossier in dossiers:
            self.dossiers[dossier.project.project_id] = dossier


@pytest.fixture
def source():
    return FakeProjects()


@pytest.fixture
def target():
    return FakeProjects()


@pytest.fixture
def here(tmp_path):
    return FileMediaStore(tmp_path / "here")


@pytest.fixture
def there(tmp_path):
    return FileMediaStore(tmp_path / "there")


@pytest.fixture
def run(source, target, here, there):
    """A call that copies everything, told nothing or what it is not usually."""

    def copy(progress=lambda *_: None, **options):
        return TransferService(source, target, here, there, **options).run(progress)

    return copy


def a_dossier(number=0, versions=3, **fields):
    """A project in its last version, with those before it."""
    project = a_project(number, **fields)
    stages = [
        project.model_copy(
            update={
                "version": v,
                "updated_at": BEGINNING + timedelta(hours=v),
                "project_name": f"v{v}",
            }
        )
        for v in range(1, versions + 1)
    ]
    return Dossier(stages[-1], stages[:-1])


def changed(dossier, updated_at, name="anders"):
    """`dossier` with one version more."""
    project = dossier.project.model_copy(
        update={
            "project_name": name,
            "version": dossier.project.version + 1,
            "updated_at": updated_at,
        }
    )
    return Dossier(project, [*dossier.revisions, dossier.project])


def trashed(dossier, when=LATER):
    return Dossier(dossier.project, dossier.revisions, when)


def picture(data, prompt="a prompt"):
    return Picture(data, "image/png", prompt, FAKED)


def test_everything_is_there_afterwards(run, source, target, here, there):
    source.keep(*(a_dossier(n) for n in range(30)), trashed(a_dossier(30)))
    names = [here.put(picture(b"%d" % n, f"words {n}")) for n in range(30)]
    transfer = run()
    assert target.dossiers == source.dossiers
    assert list(there.names()) == sorted(names)
    assert all(there.get(n) == here.get(n) and there.origin(n) == here.origin(n) for n in names)
    assert transfer.projects == Tally(copied=31)
    assert transfer.pictures == Tally(copied=30)
    assert transfer.is_whole


def test_a_second_time_nothing_is_written(run, source, target, here):
    source.keep(a_dossier(), trashed(a_dossier(1)))
    here.put(picture(b"one"))
    run()
    target.adopted.clear()
    transfer = run()
    assert transfer.projects == Tally(skipped=2)
    assert transfer.pictures == Tally(skipped=1)
    assert target.adopted == []


def test_what_is_only_in_the_target_stays(run, source, target, there):
    source.keep(a_dossier())
    theirs, name = a_dossier(1), there.put(picture(b"theirs"))
    target.keep(theirs)
    run()
    assert theirs.project.project_id in target.dossiers
    assert list(there.names()) == [name]


def test_pictures_are_there_before_the_projects_that_show_them(run, source, here):
    source.keep(a_dossier())
    here.put(picture(b"one"))
    stages = []
    run(lambda stage, done, total: stages.append((stage, done, total)))
    assert stages == [("pictures", 1, 1)] * 2 + [("projects", 1, 1)] * 2


def test_pictures_stay_where_they_are_where_both_sides_share_them(source, target, here):
    source.keep(a_dossier())
    here.put(picture(b"one"))
    transfer = TransferService(source, target, here, here).run(lambda *_: None)
    assert transfer.pictures == Tally()
    assert transfer.projects == Tally(copied=1)


def test_a_picture_that_nobody_knows_the_origin_of_is_copied(run, here, there):
    name = here.put(picture(b"one"))
    here.adopt(name, b"one", None)
    run()
    assert there.get(name)[0] == b"one"


# --- what is there already, and other ---


def newer(dossier):
    return changed(dossier, LATER)


def older(dossier):
    return changed(dossier, BEGINNING + timedelta(minutes=1))


def with_less_past(dossier):
    return Dossier(dossier.project, dossier.revisions[1:])


OTHER = {
    # what the source has, what the target has, whether the target's gives way
    "newer": (newer, lambda d: d, True),
    "older": (lambda d: d, newer, False),
    "older with a higher version": (older, lambda d: d, False),
    "of the same moment": (
        lambda d: changed(d, LATER, "a"),
        lambda d: changed(d, LATER, "b"),
        False,
    ),
    "in the trash, or taken out of it there": (trashed, lambda d: d, False),
    "changed, and in the trash since": (lambda d: trashed(newer(d)), lambda d: d, True),
    "taken out of the trash": (lambda d: d, trashed, False),
    "changed after the trash": (lambda d: changed(d, LATER + timedelta(1)), trashed, True),
    "with more of its past": (lambda d: d, with_less_past, True),
    "with less of its past": (with_less_past, lambda d: d, False),
}


@pytest.mark.parametrize("case", OTHER)
@pytest.mark.parametrize("overwrite", [False, True])
def test_what_is_there_gives_way_to_newer_or_where_that_is_wanted(
    run, source, target, case, overwrite
):
    ours, theirs, yields = OTHER[case]
    dossier = a_dossier()
    project_id = dossier.project.project_id
    source.keep(ours(dossier))
    target.keep(theirs(dossier))
    transfer = run(overwrite=overwrite)
    if yields or overwrite:
        assert transfer.projects == Tally(copied=1)
        assert target.dossiers == source.dossiers
    else:
        assert transfer.projects == Tally(conflicts=[project_id])
        assert target.dossiers == {project_id: theirs(dossier)}
        assert not transfer.is_whole


def test_damage_in_the_target_gives_way_where_that_is_wanted_alone(run, source, target):
    dossier = a_dossier()
    source.keep(dossier)
    target.failures[dossier.project.project_id] = ProjectDamaged()
    assert run().projects == Tally(conflicts=[dossier.project.project_id])
    assert run(overwrite=True).projects == Tally(copied=1)
    assert target.adopted == [dossier.project.project_id]


def test_pictures_that_are_there_are_written_anew_where_that_is_wanted_alone(run, here, there):
    name = here.put(picture(b"same", "our words"))
    there.put(picture(b"same", "their words"))
    assert run().pictures == Tally(skipped=1)
    assert there.origin(name).prompt == "their words"
    assert run(overwrite=True).pictures == Tally(copied=1)
    assert there.origin(name) == Origin(prompt="our words", provenance=FAKED)


# --- what goes wrong ---


def test_what_is_damaged_is_named_and_everything_else_is_copied(
    run, source, target, here, there, tmp_path
):
    source.keep(*(a_dossier(n) for n in range(20)))
    source.failures["damaged"] = ProjectDamaged()
    names = [here.put(picture(b"%d" % n)) for n in range(5)]
    (tmp_path / "here" / names[2][:2] / names[2]).write_bytes(b"half")
    transfer = run()
    assert transfer.projects == Tally(copied=20, damaged=["damaged"])
    assert transfer.pictures == Tally(copied=4, damaged=[names[2]])
    assert target.dossiers == source.dossiers
    assert names[2] not in list(there.names())
    assert not transfer.is_whole


def test_what_went_away_meanwhile_is_not_missed(run, source):
    source.keep(a_dossier())
    source.failures["gone"] = ProjectNotFound()
    assert run().projects == Tally(copied=1, skipped=1)


def test_what_cannot_be_read_just_now_is_named_where_the_rest_can_be(run, source, target):
    source.keep(*(a_dossier(n) for n in range(20)))
    source.failures["busy"] = StorageUnavailable(retry_after=1)
    assert run().projects == Tally(copied=20, failed=["busy"])
    assert len(target.dossiers) == 20


@pytest.mark.parametrize("side", ["source", "target"])
def test_nothing_is_begun_where_a_side_is_away(run, source, target, there, here, side):
    here.put(picture(b"one"))
    {"source": source, "target": target}[side].down = StorageUnavailable()
    with pytest.raises(StorageUnavailable):
        run()
    assert list(there.names()) == []


@pytest.mark.parametrize("failure", [StorageUnavailable(), StorageFull()])
def test_a_side_that_goes_away_ends_it_and_the_next_run_goes_on(run, source, target, failure):
    source.keep(*(a_dossier(n) for n in range(100)))

    def goes_away(stage, done, total):
        if done == 20:
            target.down = failure

    with pytest.raises(type(failure)):
        run(goes_away)
    before = len(target.dossiers)
    assert 20 <= before < 60
    target.down = None
    assert run().projects == Tally(copied=100 - before, skipped=before)
    assert target.dossiers == source.dossiers


def test_whoever_interrupts_it_does_not_wait_for_the_rest(run, source, target):
    source.keep(*(a_dossier(n) for n in range(100)))

    def interrupt(stage, done, total):
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupt)
    before = len(target.dossiers)
    assert 20 <= before < 60
    assert run().projects == Tally(copied=100 - before, skipped=before)
