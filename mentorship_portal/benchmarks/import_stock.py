"""The same rows through django-import-export as its manual shows: one resource, a look-up per cell."""

from __future__ import annotations

from import_export import fields, resources
from import_export.widgets import DateWidget, ForeignKeyWidget

from common.spelling import name_key
from mentors.models import MentoringForm, Pair, Participation, Person


class StockPairResource(resources.ModelResource):
    """A pair per row; people and participations are got or created before the row is saved."""

    form = fields.Field("form", "form", ForeignKeyWidget(MentoringForm, "title"))
    mentor = fields.Field("mentor", "mentor", ForeignKeyWidget(Participation, "pk"))
    mentee = fields.Field("mentee", "mentee", ForeignKeyWidget(Participation, "pk"))
    started_on = fields.Field("started_on", "started_on", DateWidget())

    class Meta:
        model = Pair
        fields = ("mentor", "mentee", "form", "started_on", "request")
        import_id_fields = ("mentor", "mentee", "started_on")
        clean_model_instances = True

    def __init__(self, organization):
        super().__init__()
        self.organization = organization

    def before_import_row(self, row, **kwargs):
        mentee = self._participation(row["mentee"], "mentee", birth_year=row["birth_year"])
        mentor = self._participation(row["mentor"], "mentor")
        row["mentee"], row["mentor"] = mentee.pk, mentor.pk

    def before_save_instance(self, instance, row, **kwargs):
        instance.organization = self.organization

    def import_instance(self, instance, row, **kwargs):
        instance.organization = self.organization
        super().import_instance(instance, row, **kwargs)
        instance.derive_populations()

    def _participation(self, full_name: str, role: str, **birth) -> Participation:
        last, first, patronymic = full_name.split(" ")
        person, _created = Person.objects.get_or_create(
            name_key=name_key(full_name),
            defaults={"last_name": last, "first_name": first, "patronymic": patronymic, **birth},
        )
        participation, _created = Participation.objects.get_or_create(
            person=person, organization=self.organization, role=role
        )
        return participation
