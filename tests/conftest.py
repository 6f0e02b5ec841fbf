"""What every test shares: machines are shared and noisy, so how long an example takes is no reason to fail."""

from hypothesis import HealthCheck, settings

settings.register_profile("noisy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("noisy")
