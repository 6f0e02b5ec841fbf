"""The ceiling: a Flask route that reads and validates a plan as the service does, and returns its bytes."""

from flask import Flask, Response, request

from carbon_api.plan.load import load_plan
from carbon_api.web import app as web
from carbon_api.web.service import EXTENSION


def create_app() -> Flask:
    """An app with the one route, POST /ceiling."""
    app = Flask(__name__)
    app.extensions[EXTENSION] = web.create_app().extensions[EXTENSION]  # which the worker looks for

    @app.post("/ceiling")
    def ceiling() -> Response:
        body = request.get_data()
        load_plan(body, "json")
        return Response(body, mimetype="application/json")

    return app
