"""Measure how long each notebook runs on this machine and note it in course.yml, where the headers read it."""

import re
import time

from helpers.paths import COURSE
from helpers.syllabus import syllabus
from tools.execute import execute
from tools.notebook import assemble


def main(args: list[str]) -> int:
    """Time the lessons named in `args`, or all; the seconds include the start of the kernel."""
    course_file = COURSE / "course.yml"
    for lesson in [syllabus().lesson(name) for name in args] or syllabus().written:
        begun = time.perf_counter()
        execute(assemble(lesson, "en"), COURSE / "notebooks" / "en", lesson.name)
        seconds = round(time.perf_counter() - begun)
        text = course_file.read_text(encoding="utf-8")
        entry = re.compile(rf'(- id: "{lesson.id}".*?\n    seconds: )\d+', re.DOTALL)
        course_file.write_text(entry.sub(rf"\g<1>{seconds}", text, count=1), encoding="utf-8")
        print(f"{lesson.name}: {seconds} s")
    return 0
