"""Plain `gunicorn`, started in a checkout, runs the service as `carbon-api serve` does."""

import os

from carbon_api.gunicorn_conf import *  # noqa: F403  gunicorn takes its settings from the names in this file
from carbon_api.settings import Settings

_settings = Settings.from_environment(os.environ)
bind = f"{_settings.host}:{_settings.port}"
workers, threads = _settings.workers, _settings.threads
