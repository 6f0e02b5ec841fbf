"""Plain `gunicorn`, started in a checkout, runs the service as `carbon-api serve` does."""

import os

from carbon_api.errors import UsageError
from carbon_api.gunicorn_conf import *  # noqa: F403  gunicorn takes its settings from the names in this file
from carbon_api.gunicorn_conf import leave
from carbon_api.listening import bindable
from carbon_api.settings import Settings

try:
    _settings = Settings.from_environment(os.environ)
except UsageError as error:
    leave(error)
bind = bindable(_settings.host, _settings.port)
workers, threads = _settings.workers, _settings.threads
