"""What the guarantees of runs rest on in the settings of Celery."""

from mentorship_portal import settings as portal
from mentorship_portal.celery import app


def test_messages_are_json_and_results_are_kept_nowhere():
    assert portal.CELERY_TASK_SERIALIZER == "json"
    assert portal.CELERY_ACCEPT_CONTENT == ["json"]
    assert portal.CELERY_RESULT_BACKEND is None
    assert app.conf.task_ignore_result is True


def test_message_is_acknowledged_after_the_work_and_one_worker_holds_one():
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.worker_prefetch_multiplier == 1


def test_time_limits_are_in_order():
    soft, hard = portal.CELERY_TASK_SOFT_TIME_LIMIT, portal.CELERY_TASK_TIME_LIMIT
    visible_again_after = portal.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert soft < hard < visible_again_after


def test_abandoned_run_is_picked_up_within_a_minute():
    assert portal.RUN_LEASE_SECONDS + portal.RUN_SWEEP_SECONDS < 60
    assert portal.RUN_RING_SECONDS + portal.RUN_SWEEP_SECONDS < 60


def test_interactive_work_has_queues_of_its_own():
    queues = {name: route["queue"] for name, route in portal.CELERY_TASK_ROUTES.items()}
    assert queues == {"exchange.tasks.run_import": "imports", "exchange.tasks.run_report": "reports"}


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in portal.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
