"""The maintainers' command line: `python -m tools build | check | run | timings | lab | test | lock`."""
