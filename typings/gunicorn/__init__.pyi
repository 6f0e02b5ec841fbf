"""The part of gunicorn that the service builds on; the library ships no types."""
