"""The background worker: jobs from the database's queue, as the worker's own role."""

import os


def main() -> None:
    """Work until asked to stop; a job in hand is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    import django

    django.setup()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(name="hearth", concurrency=2, shutdown_graceful_timeout=20)


if __name__ == "__main__":
    main()
