"""The command line: thin commands over the other rooms. Nothing heavy is imported before a command needs it."""

from carbon_api.cli.main import main

__all__ = ["main"]
