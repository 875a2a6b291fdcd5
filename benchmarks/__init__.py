"""How fast the course trains, measured on the machine it runs on: `make bench`."""
