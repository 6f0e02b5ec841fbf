"""`python -m carbon_api.cli` is `carbon-api`."""

from carbon_api.cli.main import main

main(prog_name="carbon-api")
