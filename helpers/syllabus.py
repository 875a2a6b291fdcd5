"""The syllabus: `course.yml` read into frozen records."""

import difflib
from dataclasses import dataclass
from functools import cache

import yaml

from helpers.errors import CourseError
from helpers.i18n import say
from helpers.paths import COURSE


@dataclass(frozen=True)
class Lesson:
    """One lesson of the syllabus; texts are dictionaries with "en" and "ko"."""

    id: str
    slug: str
    title: dict[str, str]
    objectives: tuple[dict[str, str], ...] = ()
    minutes: int = 0
    seconds: int = 0  # measured on two cores by `python -m tools timings`
    prerequisites: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file name without its ending, for example "05_learning_curves"."""
        return f"{self.id}_{self.slug}"

    @property
    def written(self) -> bool:
        """Whether the lesson exists yet; a planned one has a title only."""
        return bool(self.objectives)


@dataclass(frozen=True)
class Syllabus:
    """The whole course: where it is published and its lessons in order."""

    repository: str
    release: str
    title: dict[str, str]
    lessons: tuple[Lesson, ...]

    @property
    def written(self) -> tuple[Lesson, ...]:
        """The lessons that exist."""
        return tuple(lesson for lesson in self.lessons if lesson.written)

    @property
    def folder(self) -> str:
        """The folder name a clone gets."""
        return self.repository.rstrip("/").rsplit("/", 1)[-1]

    @property
    def is_placeholder(self) -> bool:
        """Whether the public address is still undecided."""
        return "/OWNER/" in self.repository

    def lesson(self, name: str) -> Lesson:
        """Return the lesson with this id ("05"), slug or file name.

        Raises:
            CourseError: there is no such lesson, or it is not written yet; the sentence lists those that are.
        """
        wanted = str(name).strip().removesuffix(".py").removesuffix(".ipynb")
        known = {key: lesson for lesson in self.written for key in (lesson.id, lesson.slug, lesson.name)}
        if wanted.zfill(2) in known:
            return known[wanted.zfill(2)]
        if wanted in known:
            return known[wanted]
        listing = ", ".join(lesson.id for lesson in self.written)
        close = difflib.get_close_matches(wanted, [lesson.slug for lesson in self.written], n=1)
        guess = f" ({known[close[0]].id} {close[0]}?)" if close else ""
        raise CourseError(
            say(
                en=f"There is no lesson {wanted!r}{guess}: choose one of {listing}.",
                ko=f"{wanted!r} 레슨이 없습니다{guess}. {listing} 중에서 고르세요.",
            )
        )


@cache
def syllabus() -> Syllabus:
    """Read `course.yml` once."""
    raw = yaml.safe_load((COURSE / "course.yml").read_text(encoding="utf-8"))
    lessons = tuple(
        Lesson(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
        for entry in raw["lessons"]
    )
    return Syllabus(raw["repository"], raw["release"], raw["title"], lessons)
