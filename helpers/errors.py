"""The one exception that students meet: a sentence that says what to do, without a traceback."""


class CourseError(Exception):
    """Something the reader can put right. The message is one sentence that says how."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython (7 and later) to print the sentence alone, without the stack of our own code."""
        return [f"✗ {self}"]
