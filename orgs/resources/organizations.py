"""The workbook of organizations."""

from __future__ import annotations

from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.cells import parse_email, parse_url
from common.importing import Entry, Heading, KeyedResource, Plan, Thing, TitleLookup, import_kinds, title_key
from common.sheets.problems import Level
from orgs.enums import Role
from orgs.imports import inn_heading, reachable, report_unknown, text
from orgs.models import Organization, OrganizationType
from orgs.resources.places import Places

_address = partial(parse_url, max_length=300)
NEEDED_WHEN_NEW = ("short_name", "type", "municipality")


@import_kinds.register("organizations")
class OrganizationResource(KeyedResource):
    """Organizations by ИНН; municipality and district are made when new."""

    kind = "organizations"
    things = (
        Thing(
            "organizations",
            gettext_lazy("Organizations"),
            lambda n: ngettext("%(n)d organization", "%(n)d organizations", n) % {"n": n},
            "organizations",
        ),
    )
    title = gettext_lazy("List of organizations")
    municipal_only = True
    sheet_title = "Организации"
    order = 10
    importer_roles = frozenset({Role.ADMINISTRATOR})
    model = Organization
    key = ("inn",)
    key_field = "inn"
    data = (
        "short_name",
        "full_name",
        "type_id",
        "municipality_id",
        "district_id",
        "address",
        "website",
        "mentoring_page",
        "head_name",
        "curator_name",
        "curator_email",
        "curator_order",
    )
    # A list that only completes what is known may leave the names out, but it says something.
    any_of = tuple(
        (name,)
        for name in (
            "short_name",
            "full_name",
            "type",
            "municipality",
            "district",
            "address",
            "website",
            "mentoring_page",
            "head_name",
            "curator_name",
            "curator_email",
            "curator_order",
        )
    )

    inn = inn_heading()
    short_name = Heading(
        "Краткое наименование",
        "Краткое название",
        "Сокращённое наименование",
        "Наименование",
        "Наименование ОО",
        "Название",
        "Организация",
        "Образовательная организация",
        "Школа",
        parse=text(150),
    )
    full_name = Heading(
        "Полное наименование",
        "Полное название",
        "Полное наименование ОО",
        "Наименование по уставу",
        parse=text(500),
        width=50,
    )
    type = Heading(
        "Тип", "Тип организации", "Тип ОО", "Вид организации", "Вид ОО", "Вид", parse=text(250), width=18
    )
    municipality = Heading(
        "Муниципалитет", "Муниципальное образование", "Город", "Городской округ", "МО", parse=text(150)
    )
    district = Heading("Район", "Район города", "Административный район", "Округ", parse=text(150))
    address = Heading("Адрес", "Юридический адрес", "Фактический адрес", "Почтовый адрес", parse=text(300))
    website = Heading(
        "Сайт", "Сайт ОО", "Адрес сайта", "Официальный сайт", "Сайт организации", parse=_address, kind="link"
    )
    mentoring_page = Heading(
        "Страница о наставничестве",
        "Страница наставничества",
        "Раздел о наставничестве",
        "Раздел «Наставничество»",
        "Ссылка на страницу о наставничестве",
        "Ссылка на раздел сайта о наставничестве",
        parse=_address,
        kind="link",
    )
    head_name = Heading(
        "Руководитель", "ФИО руководителя", "Директор", "ФИО директора", "Заведующий", parse=text(150)
    )
    curator_name = Heading(
        "Куратор",
        "ФИО куратора",
        "Куратор наставничества",
        "Куратор программы наставничества",
        parse=text(150),
    )
    curator_email = Heading(
        "Эл. почта куратора",
        "Электронная почта куратора",
        "Почта куратора",
        "E-mail куратора",
        "Email куратора",
        "Адрес электронной почты куратора",
        parse=parse_email,
    )
    curator_order = Heading(
        "Приказ о назначении куратора", "Приказ о кураторе", "Реквизиты приказа о кураторе", parse=text(250)
    )

    def __init__(self, context):
        super().__init__(context)
        self._types = TitleLookup(OrganizationType.objects.all())
        self._places = Places(context.scope, self.write_history)
        self._taken: set[str] = set()

    def check_entry(self, entry):
        for name in ("municipality", "district"):
            if entry[name] and not title_key(entry[name]):
                entry.report(
                    Level.ERROR,
                    "name_invalid",
                    _("“%(value)s” is not a name.") % {"value": entry[name]},
                    _("Type the name in words."),
                    field=name,
                )

    def locate(self, entries):
        for entry in entries:
            if entry["type"]:
                self._locate_type(entry)
            if entry["municipality"]:
                self._locate_municipality(entry)

    def stored(self, entries):
        inns = {entry["inn"] for entry in entries}
        # Only whether a number is free, for a sentence instead of an error of the database.
        self._taken = set(Organization.objects.filter(inn__in=inns).values_list("inn", flat=True))
        return reachable(self.context).filter(inn__in=inns)

    def check(self, plan: Plan):
        if plan.is_new:
            self._check_new(plan)
        elif self._is_moved(plan) and not self._may_move(plan):
            plan.entry.report(
                Level.ERROR,
                "place_not_yours",
                _("Only a methodologist of the whole municipality moves an organization to another place."),
                _("Leave the municipality and the district as they are."),
                field="district" if plan.entry["district"] else "municipality",
            )

    def prepare(self, plans):
        named = [plan for plan in plans if plan.entry["new_municipality"]]
        made = self._places.make_municipalities([plan.entry["new_municipality"] for plan in named])
        for plan in named:
            plan.after["municipality_id"] = made[title_key(plan.entry["new_municipality"])]
        with_district = [plan for plan in plans if plan.entry["district"]]
        self._places.make_districts(
            [(plan.after["municipality_id"], plan.entry["district"]) for plan in with_district]
        )
        for plan in with_district:
            place = plan.after["municipality_id"]
            plan.after["district_id"] = self._places.district(place, plan.entry["district"])
        for plan in plans:
            moved = not plan.is_new and plan.before["municipality_id"] != plan.after["municipality_id"]
            if moved and not plan.entry["district"]:
                plan.after["district_id"] = None

    def export_rows(self):
        rows = reachable(self.context).order_by("municipality__name", "district__name", "short_name", "inn")
        plain = [name for name in self.headings() if name not in ("type", "municipality", "district")]
        # Annotations may not bear the names of the model's own fields.
        related = {"kind": F("type__title"), "place": F("municipality__name"), "part": F("district__name")}
        for row in rows.values(*plain, **related).iterator():
            yield row | {"type": row["kind"], "municipality": row["place"], "district": row["part"]}

    def _locate_type(self, entry: Entry) -> None:
        found = self._types.find(entry["type"])
        if found:
            entry.values["type_id"] = found.pk
            return
        near = self._types.close(entry["type"]) or self._types.all_titles()
        entry.report(
            Level.ERROR,
            "organization_type_unknown",
            _("There is no kind of organization “%(value)s”.") % {"value": entry["type"]},
            _("Choose one of: %(titles)s.") % {"titles": ", ".join(near)},
            field="type",
        )

    def _locate_municipality(self, entry: Entry) -> None:
        found = self._places.municipality(entry["municipality"])
        asked = self.context.municipality
        if found and (asked is None or asked.pk == found.pk):
            entry.values["municipality_id"] = found.pk
        elif asked is None and self._places.may_make_municipalities:
            entry.values["new_municipality"] = entry["municipality"]
        else:
            entry.report(
                Level.ERROR,
                "municipality_unknown",
                _("The municipality “%(value)s” was not found among your municipalities.")
                % {"value": entry["municipality"]},
                _("Check the name of the municipality."),
                field="municipality",
            )

    def _check_new(self, plan: Plan) -> None:
        entry = plan.entry
        if plan.after["municipality_id"] is None and not entry["new_municipality"]:
            asked = self.context.municipality
            plan.after["municipality_id"] = asked.pk if asked else self._places.only_municipality()
        place = plan.after["municipality_id"]
        may_add = place is None or self._places.oversees(place)
        if self.context.organization is not None or not may_add or not self._places.oversees_any:
            report_unknown(entry)
            return
        if entry["inn"] in self._taken:
            entry.report(
                Level.ERROR,
                "inn_taken",
                _("An organization with the ИНН %(inn)s cannot be added here.") % {"inn": entry["inn"]},
                _("Check the ИНН; if it is right, ask the administrator of the portal."),
                field="inn",
            )
            return
        for name in NEEDED_WHEN_NEW:
            if not (entry[name] or (name == "municipality" and place)):
                entry.report(
                    Level.ERROR,
                    "value_missing",
                    _("The organization is new, so “%(heading)s” is needed.")
                    % {"heading": self.headings()[name].column_name},
                    _("Fill in the cell; if the organization is not new, check its ИНН."),
                    field=name,
                )

    def _is_moved(self, plan: Plan) -> bool:
        if plan.entry["new_municipality"] or plan.before["municipality_id"] != plan.after["municipality_id"]:
            return True
        name = plan.entry["district"]
        if not name:
            return False
        found = self._places.district(plan.after["municipality_id"], name)
        return found is None or found != plan.before["district_id"]

    def _may_move(self, plan: Plan) -> bool:
        target = plan.after["municipality_id"]
        return self._places.oversees(plan.before["municipality_id"]) and self._places.oversees(target)
