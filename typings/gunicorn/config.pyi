"""gunicorn's settings."""

class Config:
    is_ssl: bool
    workers: int
    def set(self, name: str, value: object) -> None: ...
