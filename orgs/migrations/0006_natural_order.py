"""The Russian order with numbers by their size; SQLite gets it on connection (common.sqlite)."""

from django.contrib.postgres.operations import CreateCollation
from django.db import migrations

from common.ordering import NATURAL


class Migration(migrations.Migration):
    dependencies = [("orgs", "0005_dictionary_history")]

    operations = [CreateCollation(NATURAL, provider="icu", locale="ru-u-kn-true")]
