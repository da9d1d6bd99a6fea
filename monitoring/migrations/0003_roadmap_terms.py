"""Terms of the roadmap become days, yearly activities get their years, evidence may be a file."""

import datetime

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


def days_of_years(apps, schema_editor):
    """The years of each term become its first and last day."""
    for name in ("RoadmapActivity", "HistoricalRoadmapActivity"):
        for row in apps.get_model("monitoring", name).objects.all():
            row.starts_on = datetime.date(row.first_year, 1, 1) if row.first_year else None
            row.ends_on = datetime.date(row.last_year, 12, 31) if row.last_year else None
            row.save(update_fields=["starts_on", "ends_on"])


def years_of_days(apps, schema_editor):
    """The way back: the years in which the days lie."""
    for name in ("RoadmapActivity", "HistoricalRoadmapActivity"):
        for row in apps.get_model("monitoring", name).objects.all():
            row.first_year = row.starts_on.year if row.starts_on else None
            row.last_year = row.ends_on.year if row.ends_on else None
            row.save(update_fields=["first_year", "last_year"])


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0002_indicator_short_title"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalroadmapactivity",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="ends"),
        ),
        migrations.AddField(
            model_name="historicalroadmapactivity",
            name="evidence_file",
            field=models.TextField(blank=True, max_length=255, verbose_name="file"),
        ),
        migrations.AddField(
            model_name="historicalroadmapactivity",
            name="evidence_name",
            field=models.CharField(blank=True, max_length=255, verbose_name="file name"),
        ),
        migrations.AddField(
            model_name="historicalroadmapactivity",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="begins"),
        ),
        migrations.AddField(
            model_name="historicalroadmapactivity",
            name="without_evidence",
            field=models.BooleanField(default=False, verbose_name="without evidence"),
        ),
        migrations.AddField(
            model_name="historicalroadmapactivity",
            name="yearly",
            field=models.BooleanField(default=False, verbose_name="every year anew"),
        ),
        migrations.AddField(
            model_name="roadmapactivity",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="ends"),
        ),
        migrations.AddField(
            model_name="roadmapactivity",
            name="evidence_file",
            field=models.FileField(
                blank=True, max_length=255, upload_to="roadmap/%Y/%m/", verbose_name="file"
            ),
        ),
        migrations.AddField(
            model_name="roadmapactivity",
            name="evidence_name",
            field=models.CharField(blank=True, max_length=255, verbose_name="file name"),
        ),
        migrations.AddField(
            model_name="roadmapactivity",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="begins"),
        ),
        migrations.AddField(
            model_name="roadmapactivity",
            name="without_evidence",
            field=models.BooleanField(default=False, verbose_name="without evidence"),
        ),
        migrations.AddField(
            model_name="roadmapactivity",
            name="yearly",
            field=models.BooleanField(default=False, verbose_name="every year anew"),
        ),
        migrations.RunPython(days_of_years, years_of_days),
        migrations.RemoveField(
            model_name="historicalroadmapactivity",
            name="first_year",
        ),
        migrations.RemoveField(
            model_name="historicalroadmapactivity",
            name="last_year",
        ),
        migrations.RemoveField(
            model_name="roadmapactivity",
            name="first_year",
        ),
        migrations.RemoveField(
            model_name="roadmapactivity",
            name="last_year",
        ),
        migrations.CreateModel(
            name="ActivityOccurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "not started"),
                            ("running", "in progress"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="not_started",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="evidence")),
                (
                    "evidence_file",
                    models.FileField(
                        blank=True, max_length=255, upload_to="roadmap/%Y/%m/", verbose_name="file"
                    ),
                ),
                ("evidence_name", models.CharField(blank=True, max_length=255, verbose_name="file name")),
                ("without_evidence", models.BooleanField(default=False, verbose_name="without evidence")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
            ],
            options={
                "verbose_name": "year of an activity",
                "verbose_name_plural": "years of activities",
                "ordering": ["activity", "year"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActivityOccurrence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "not started"),
                            ("running", "in progress"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="not_started",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="evidence")),
                ("evidence_file", models.TextField(blank=True, max_length=255, verbose_name="file")),
                ("evidence_name", models.CharField(blank=True, max_length=255, verbose_name="file name")),
                ("without_evidence", models.BooleanField(default=False, verbose_name="without evidence")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical year of an activity",
                "verbose_name_plural": "historical years of activities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="roadmapactivity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="roadmap_activity_days_in_order",
                violation_error_message="The end date is before the start date. Correct one of the two dates.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="roadmapactivity",
            name="roadmap_activity_number_once",
            constraint=models.UniqueConstraint(
                fields=("section", "number"),
                name="roadmap_activity_number_once",
                violation_error_message="The section already has an activity of this number.",
            ),
        ),
        migrations.AddField(
            model_name="activityoccurrence",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="occurrences",
                to="monitoring.roadmapactivity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivityoccurrence",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="monitoring.roadmapactivity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivityoccurrence",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="activityoccurrence",
            constraint=models.UniqueConstraint(
                fields=("activity", "year"), name="roadmap_occurrence_once_a_year"
            ),
        ),
    ]
