"""TensorBoard: pictures drawn from its event files, anywhere; the real thing where a server can run.

`show` draws, `serve` starts the server; `read`, `tags`, `files` and `hparams` tell what a log folder holds.
"""

from helpers.tensorboard.figures import figures, show
from helpers.tensorboard.reading import Log, files, hparams, read, tags
from helpers.tensorboard.server import Server, serve

__all__ = ["Log", "Server", "figures", "files", "hparams", "read", "serve", "show", "tags"]
