"""Foreign keys obey the order of the apps; those written as strings are invisible to the import contract."""

from django.apps import apps

LINES = (
    ("common",),
    ("accounts",),
    ("orgs",),
    ("exchange",),
    ("mentors",),
    ("surveys", "checklists"),
    ("monitoring",),
    ("mentorship_portal",),
)
LEVELS = {label: level for level, labels in enumerate(LINES) for label in labels}


def test_given_any_model_then_its_foreign_keys_point_to_its_own_app_or_downwards():
    crossed = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if (level := LEVELS.get(model._meta.app_label)) is not None
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if (target := field.related_model._meta.app_label) != model._meta.app_label
        if target in LEVELS and LEVELS[target] >= level
    ]

    assert crossed == []


def test_given_the_installed_apps_then_each_of_ours_has_a_line():
    ours = {config.label for config in apps.get_app_configs() if (config.path.count("site-packages") == 0)}
    assert ours - set(LEVELS) == set()
