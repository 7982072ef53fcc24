"""The playhouse: what one process needs for all of its schedules, made once; one theatre at a time plays in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from bot.app import create_app
from bot.desk.app import desk_app
from bot.world import World
from flows.library import Library
from storage.engines.choice import make_engine, normal_url

PATIENCE = 1.5  # seconds
# Where there is a file system in memory, the nights are played on it.
MEMORY = Path("/dev/shm")
FOLDER = MEMORY if MEMORY.is_dir() else None


class Playhouse:
    """An engine over one path: the file there is a new copy each night, what the engine has compiled stays."""

    def __init__(self, library: Library, template: Path, folder: Path) -> None:
        self.library, self._template = library, template
        self.folder = folder / "night"
        self.database = self.folder / "helpline.db"
        self.desk_app = desk_app()
        self._apps: list[FastAPI] = []
        self.engine = make_engine(normal_url(f"sqlite:///{self.database}"), PATIENCE)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """A night: a fresh database and an empty spool, and nothing left of them after it."""
        self.folder.mkdir(parents=True)
        shutil.copyfile(self._template, self.database)
        try:
            yield
        finally:
            self.engine.dispose()
            shutil.rmtree(self.folder)

    def app(self, index: int, world: World) -> FastAPI:
        """The application of that replica, over a new world; the console, which nobody opens here, keeps an old one."""
        if index == len(self._apps):
            self._apps.append(create_app(world))
        self._apps[index].state.world = world
        return self._apps[index]
