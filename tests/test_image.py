"""The steps of the Dockerfile, done without Docker: each line is carried out in a folder that stands for the image."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest
from real_server import free_port, wait_until_ready

from carbon_api.store.engine import Database
from carbon_api.store.keys import any_key

ROOT = Path(__file__).parents[1]
PLACES = ("/source", "/wheels", "/app", "/data")  # the folders of the image that its steps name
NOT_HERE = ("useradd ", "install --directory --owner")  # a user of the system is made in an image only


class Step(NamedTuple):
    """One instruction, such as RUN, and what follows it."""

    word: str
    rest: str


def stages() -> list[list[Step]]:
    """The instructions of each FROM."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE))
    steps = [Step(*line.split(None, 1)) for line in text.splitlines() if line.strip()]
    starts = [at for at, step in enumerate(steps) if step.word == "FROM"]
    return [steps[start:end] for start, end in zip(starts, [*starts[1:], len(steps)], strict=True)]


def sent(context: Path) -> None:
    """Copy what `.dockerignore` lets Docker see."""
    first, *rules = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert first == "*"
    for name in (rule.removeprefix("!") for rule in rules if rule.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, context / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, context / name)


class Image:
    """A folder in which the steps are carried out, with a Python of its own as the base image has one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.context, self.env = folder, folder / "context", {"HOME": str(folder), "LANG": "C.UTF-8"}
        self.context.mkdir()
        sent(self.context)
        subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
        self.env["PATH"] = f"{folder / 'python' / 'bin'}:{os.environ['PATH']}"
        self.env |= {name: value for name, value in os.environ.items() if fnmatch(name, "PIP_*") or "proxy" in name}
        self.where = folder

    def placed(self, text: str) -> str:
        """The text with the folders of the image as they are here."""
        return re.sub(rf"(?<![\w/.])({'|'.join(PLACES)})\b", rf"{self.folder}\1", text)

    def do(self, step: Step) -> None:
        """Carry one step out."""
        if step.word == "WORKDIR":
            self.where = Path(self.placed(step.rest))
            self.where.mkdir(exist_ok=True)
        elif step.word == "COPY" and not step.rest.startswith("--from"):
            *sources, target = step.rest.split()
            for source in sources:
                self.copy(self.context / source, self.where / target)
        elif step.word == "RUN" and not step.rest.startswith(NOT_HERE):
            subprocess.run(["sh", "-c", self.placed(step.rest)], cwd=self.where, env=self.env, check=True)
        elif step.word == "ENV":
            for name, value in (pair.split("=", 1) for pair in shlex.split(self.placed(step.rest))):
                self.env[name] = value.replace("$PATH", self.env["PATH"])

    @staticmethod
    def copy(source: Path, target: Path) -> None:
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    made = Image(tmp_path_factory.mktemp("image"))
    for stage in stages():
        for step in stage:
            made.do(step)
    return made


def command(image: Image, word: str) -> list[str]:
    """What CMD, or the CMD of HEALTHCHECK, runs."""
    rest = next(step.rest for step in stages()[-1] if step.word == word)
    return list(map(image.placed, json.loads(rest[rest.index("[") :])))


@pytest.mark.slow
def test_the_image_has_what_the_service_needs_and_nothing_to_build_with(image: Image) -> None:
    named = subprocess.check_output([image.folder / "app/bin/pip", "list", "--format=json"], env=image.env)
    found = {package["name"].lower().replace("_", "-"): package["version"] for package in json.loads(named)}
    assert set(found) >= {"carbon-api", "ecologits", "redis", "limits", "prometheus-client"}
    assert set(found).isdisjoint({"hatchling", "pytest", "ruff"})
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE))
    assert {name: version for name, version in found.items() if pins.get(name, version) != version} == {}
    assert list((image.folder / "app").rglob("__pycache__/app.*.pyc"))


@pytest.mark.slow
def test_the_image_serves_and_says_whether_it_is_healthy(image: Image) -> None:
    port = free_port()
    env = image.env | {"CARBON_PORT": str(port)}
    health = command(image, "HEALTHCHECK")
    assert subprocess.run(health, env=env, stderr=subprocess.DEVNULL, check=False).returncode == 1
    # Open to the world, as the image is, it asks for a first key.
    start = command(image, "CMD")
    refused = subprocess.run(start, cwd=image.where, env=env, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "no key was ever made" in refused.stderr
    made = subprocess.run(
        ["carbon-api", "keys", "create", "first"],
        cwd=image.where,
        env=env,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    assert made.stdout.startswith("carbon_")
    assert any_key(Database(f"sqlite:///{image.folder}/data/carbon.db"))
    # It listens on this machine alone while it is tested.
    env["CARBON_HOST"] = "127.0.0.1"
    with subprocess.Popen(start, cwd=image.where, env=env, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", server)
            assert subprocess.run(health, env=env, check=False).returncode == 0
        finally:
            server.terminate()
        assert server.wait(20) == 0  # `exec`: the signal reaches the server


def test_the_service_is_nobody_of_importance() -> None:
    """Its user is named by a number, so that a cluster which wants no root can see that it is none."""
    [user] = [step.rest for step in stages()[-1] if step.word == "USER"]
    [made] = [step.rest for step in stages()[-1] if step.word == "RUN"]
    assert int(user) > 0
    assert f"--uid {user} " in made


def test_every_copied_file_is_one_that_docker_may_see(tmp_path: Path) -> None:
    sent(tmp_path)
    copied = [step.rest.split()[:-1] for step in stages()[0] if step.word == "COPY"]
    assert [name for names in copied for name in names if not (tmp_path / name).exists()] == []


def test_the_linter_of_dockerfiles_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
