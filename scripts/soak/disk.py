"""A small disk of its own for what the service keeps, which can be full, and can fall back to being read only.

It is a file with an ext4 on it, mounted: so it fails as real ones do, under files that are open. Needs root.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

NEEDED = ("mkfs.ext4", "e2fsck", "losetup", "mount", "umount")
RELEASED_WITHIN, GLANCE = 20.0, 0.2  # seconds
SPARE = 64 * 1024  # bytes left at most when it is full


def missing() -> str | None:
    """Why no such disk can be had here; None if it can."""
    absent = [name for name in NEEDED if not shutil.which(name)]
    if absent:
        return f"{', '.join(absent)}: not installed"
    if os.geteuid() != 0:
        return "only root can mount a disk"
    found = subprocess.run(["losetup", "--find"], capture_output=True, text=True, check=False)
    return None if found.returncode == 0 else f"there is no loop device: {found.stderr.strip()}"


class Disk:
    """A disk of so many megabytes, mounted at `place`; its file lies in `folder`."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.image, self.place = folder / "disk.img", folder / "disk"
        self.place.mkdir()
        with self.image.open("wb") as image:
            image.truncate(megabytes * 1_000_000)
        _run("mkfs.ext4", "-q", "-m", "0", str(self.image))
        self.mount()

    @property
    def _ballast(self) -> Path:
        return self.place / "ballast"

    def mount(self) -> None:
        """Mount it; what is wrong with it then makes it read only."""
        _run("mount", "-o", "loop,errors=remount-ro", str(self.image), str(self.place))

    def fill(self) -> None:
        """Leave no room on it."""
        with self._ballast.open("wb") as ballast:
            while (room := os.statvfs(self.place).f_bavail * os.statvfs(self.place).f_frsize) > SPARE:
                try:
                    os.posix_fallocate(ballast.fileno(), ballast.seek(0, os.SEEK_END), room - SPARE // 2)
                except OSError:
                    return

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink()

    def fail(self) -> None:
        """Make the kernel find a fault in it: from now on it is read only, for files that are open too."""
        device = _run("findmnt", "--noheadings", "--output", "SOURCE", str(self.place)).strip()
        Path("/sys/fs/ext4", Path(device).name, "trigger_fs_error").write_text("soak")

    def mend(self) -> None:
        """Unmount it, which needs that nobody has a file of it open, check it, and mount it again."""
        self.unmount()
        done = subprocess.run(["e2fsck", "-y", str(self.image)], capture_output=True, text=True, check=False)
        if done.returncode not in {0, 1}:
            raise RuntimeError(f"the disk cannot be mended: {done.stdout}{done.stderr}")
        self.mount()
        self._ballast.unlink(missing_ok=True)  # a fault soon after it was deleted takes that back

    def unmount(self) -> None:
        """Take it away; what was killed may take a moment to let go of it."""
        deadline = time.monotonic() + RELEASED_WITHIN
        while True:
            try:
                _run("umount", str(self.place))
                return
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(GLANCE)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout
