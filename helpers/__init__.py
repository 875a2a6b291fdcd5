"""The course's own package: everything a notebook imports besides public libraries.

What computes never imports what draws widgets, so `quiz.grade` and `labs.*.simulate` run without IPython.
"""

__version__ = "0.1.0"
