"""Reference data: what is shipped, and what a load does to rows that people have edited."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from checklists.models import ChecklistItem
from common.importing import title_key
from common.reference import ReferenceDataError, Table, load_tables
from mentors.enums import POPULATIONS_THAT_PAIR
from mentors.models import MenteeCategory, MentoringForm, MentoringKind, RoleVariant, Stage
from mentorship_portal.models import ReferenceRow
from mentorship_portal.reference import TABLES, DatabaseLedger, load_reference
from monitoring.models import Indicator, Roadmap, RoadmapActivity, RoadmapSection
from orgs.models import DocumentType, OrganizationType
from surveys.enums import Measure
from surveys.models import Question, QuestionnaireVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A function: loads the given rows as the file of a table."""
    file = tmp_path / "rows.json"
    monkeypatch.setattr(Table, "path", property(lambda table: file))

    def load(model, rows, *, reset=False, **options):
        file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        return load_tables([Table(model, "rows.json", **options)], ledger=DatabaseLedger(), reset=reset)

    return load


def tally(counts, model):
    return vars(counts[model._meta.label_lower])


class TestShippedData:
    @pytest.fixture(autouse=True)
    def loaded(self, db):
        self.counts = load_reference()

    def test_first_load_adds_every_row_of_every_file(self):
        for table in TABLES:
            rows = json.loads(table.path.read_text(encoding="utf-8"))
            assert tally(self.counts, table.model) == {
                "added": len(rows),
                "updated": 0,
                "unchanged": 0,
                "kept": 0,
            }
            assert table.model.objects.count() == len(rows)

    def test_second_load_changes_nothing(self):
        before = Indicator.history.count(), RoadmapActivity.history.count(), ReferenceRow.objects.count()
        again = load_reference()
        changed = {label: (count.added, count.updated, count.kept) for label, count in again.items()}
        assert set(changed.values()) == {(0, 0, 0)}
        after = Indicator.history.count(), RoadmapActivity.history.count(), ReferenceRow.objects.count()
        assert after == before

    def test_rows_with_history_say_where_they_came_from(self):
        assert Indicator.objects.exists()
        assert set(Indicator.history.values_list("history_type", "history_change_reason")) == {
            ("+", "load_reference")
        }

    def test_forms_include_five_of_the_target_model_and_teacher_to_pupil(self):
        titles = dict(MentoringForm.objects.values_list("code", "title"))
        assert {
            "pupil_pupil": "ученик – ученик",
            "teacher_teacher": "учитель – учитель",
            "student_pupil": "студент – ученик",
            "employer_pupil": "работодатель – ученик",
            "employer_student": "работодатель – студент",
            "teacher_pupil": "учитель – ученик",
        }.items() <= titles.items()

    def test_every_form_joins_two_populations_that_may_pair(self):
        pairs = set(MentoringForm.objects.values_list("mentor_population", "mentee_population"))
        assert pairs <= set(POPULATIONS_THAT_PAIR)

    @pytest.mark.parametrize("model", [MentoringForm, OrganizationType, DocumentType, MentoringKind])
    def test_no_spelling_belongs_to_two_rows(self, model):
        spellings = Counter(
            key
            for row in model.objects.all()
            for key in {title_key(text) for text in (row.code, row.title, *row.synonyms)}
        )
        assert [key for key, rows in spellings.items() if rows > 1] == []

    def test_every_form_of_the_target_model_has_variants_of_roles(self):
        assert Counter(RoleVariant.objects.values_list("form__code", flat=True)) == {
            "pupil_pupil": 4,
            "teacher_teacher": 4,
            "student_pupil": 4,
            "employer_pupil": 3,
            "employer_student": 4,
        }

    def test_stages_are_seven_categories_eight_kinds_seven(self):
        assert (Stage.objects.count(), MenteeCategory.objects.count(), MentoringKind.objects.count()) == (
            7,
            8,
            7,
        )
        assert all(stage.result for stage in Stage.objects.all())
        assert MentoringKind.objects.get(code="reverse").title == "реверсивное"

    def test_full_package_is_what_the_novokuznetsk_order_names(self):
        assert set(DocumentType.objects.filter(required=True).values_list("code", flat=True)) == {
            "introduction_order",
            "regulation",
            "regulation_order",
            "curator_order",
            "program_order",
            "lists_order",
        }

    def test_klin_checklist_has_its_twelve_items_in_order(self):
        items = ChecklistItem.objects.filter(template__code="klin_2023")
        assert list(items.values_list("number", flat=True)) == list(range(1, 13))
        assert items.get(number=12).title == (
            "Представлена информация о реализации системы наставничества на сайте школы"
        )
        assert items.get(number=12).guidance == ("Указан адрес активной страницы сайта ОО по наставничеству")

    def test_roadmap_template_has_every_row_of_the_order(self):
        roadmap = Roadmap.objects.get(code="novokuznetsk_2021_2024")
        numbers = RoadmapActivity.objects.filter(section__roadmap=roadmap).values_list("number", flat=True)
        assert roadmap.municipality is None
        assert list(numbers.order_by("section__number", "position")) == [
            *("1.1", "1.2", "1.3"),
            *("2.1", "2.2"),
            *("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"),
            *("4.1", "4.2"),
            *("5.1", "5.2", "5.3", "5.4"),
            *("6.1", "6.2", "6.3"),
        ]

    def test_terms_of_the_roadmap_keep_the_words_of_the_order_beside_the_years(self):
        rows = RoadmapActivity.objects.filter(section__roadmap__code="novokuznetsk_2021_2024")
        terms = rows.filter(number__in=["1.1", "3.2", "4.1"]).order_by("number")
        assert list(terms.values_list("term_text", "starts_on__year", "ends_on__year")) == [
            ("2021", 2021, 2021),
            ("2020 – 2022", 2020, 2022),
            ("2021-2024 (по отдельному графику)", 2021, 2024),
        ]

    def test_targets_of_the_roadmap_are_those_of_the_order(self):
        rows = Roadmap.objects.get(code="novokuznetsk_2021_2024").target_rows
        assert {row["indicator"]: list(row["values"].values()) for row in rows} == {
            "pupil_mentees": [20, 30, 50, 70],
            "pupil_mentors": [2, 5, 7, 10],
            "teacher_mentees": [40, 50, 60, 70],
            "mentee_satisfaction": [50, 65, 75, 85],
            "mentor_satisfaction": [50, 65, 75, 85],
        }
        assert set(Indicator.objects.values_list("code", flat=True)) >= {row["indicator"] for row in rows}

    def test_second_surveys_ask_what_satisfaction_is_made_of(self):
        versions = QuestionnaireVersion.objects.filter(questionnaire__wave=2)
        assert versions.count() == 10
        for version in versions:
            measures = version.questions.exclude(measure=Measure.NONE).values_list("measure", flat=True)
            assert sorted(measures) == ["enjoyed", "joint_work", "result"], version

    def test_wording_that_is_not_official_says_so_in_its_source(self):
        versions = QuestionnaireVersion.objects.filter(questionnaire__form__code="employer_pupil")
        assert all("официальный текст для этой формы не воспроизведён" in row.source for row in versions)

    def test_where_is_asked_only_after_yes(self):
        asked = Question.objects.filter(shown_after__isnull=False)
        assert set(asked.values_list("text", "shown_after__position")) == {("Если да, то где?", 1)}
        assert all(
            row.shown_after.version_id == row.version_id for row in asked.select_related("shown_after")
        )


class TestEditedRows:
    def test_value_written_by_hand_stays_and_the_rest_of_the_row_follows_the_file(self, shipped):
        shipped(MentoringKind, [{"code": "reverse", "title": "реверсивное", "synonyms": []}])
        MentoringKind.objects.filter(code="reverse").update(title="Обратное наставничество")
        counts = shipped(
            MentoringKind, [{"code": "reverse", "title": "реверсивное", "synonyms": ["обратное"]}]
        )
        row = MentoringKind.objects.get(code="reverse")
        assert (row.title, row.synonyms) == ("Обратное наставничество", ["обратное"])
        assert tally(counts, MentoringKind) == {"added": 0, "updated": 1, "unchanged": 0, "kept": 1}

    def test_untouched_value_follows_the_file(self, shipped):
        shipped(MentoringKind, [{"code": "speed", "title": "быстрое"}])
        counts = shipped(MentoringKind, [{"code": "speed", "title": "скоростное"}])
        assert MentoringKind.objects.get().title == "скоростное"
        assert tally(counts, MentoringKind) == {"added": 0, "updated": 1, "unchanged": 0, "kept": 0}

    def test_row_made_by_hand_is_only_completed(self, shipped):
        MentoringKind.objects.create(code="speed", title="Быстрое", source="")
        shipped(MentoringKind, [{"code": "speed", "title": "скоростное", "source": "Письмо"}])
        row = MentoringKind.objects.get()
        assert (row.title, row.source) == ("Быстрое", "Письмо")

    def test_value_cleared_by_hand_stays_empty(self, shipped):
        rows = [{"code": "speed", "title": "скоростное", "source": "Письмо"}]
        shipped(MentoringKind, rows)
        MentoringKind.objects.update(source="")
        shipped(MentoringKind, rows)
        assert MentoringKind.objects.get().source == ""

    def test_reset_puts_the_shipped_value_back(self, shipped):
        rows = [{"code": "speed", "title": "скоростное"}]
        shipped(MentoringKind, rows)
        MentoringKind.objects.update(title="Быстрое")
        shipped(MentoringKind, rows, reset=True)
        assert MentoringKind.objects.get().title == "скоростное"

    def test_row_that_left_the_file_stays(self, shipped):
        shipped(MentoringKind, [{"code": "speed", "title": "скоростное"}])
        shipped(MentoringKind, [{"code": "group", "title": "в группе"}])
        assert set(MentoringKind.objects.values_list("code", flat=True)) == {"speed", "group"}

    def test_children_are_told_apart_inside_their_parent(self, shipped):
        sections = Table(RoadmapSection, key="number", parent="roadmap")
        rows = [
            {
                "code": code,
                "title": code,
                "first_year": 2021,
                "last_year": 2024,
                "sections": [{"number": 1, "title": f"Раздел плана {code}"}],
            }
            for code in ("one", "two")
        ]
        shipped(Roadmap, rows, children={"sections": sections})
        rows[0]["sections"][0]["title"] = "Новое название"
        counts = shipped(Roadmap, rows, children={"sections": sections})
        assert set(RoadmapSection.objects.values_list("roadmap__code", "title")) == {
            ("one", "Новое название"),
            ("two", "Раздел плана two"),
        }
        assert tally(counts, RoadmapSection) == {"added": 0, "updated": 1, "unchanged": 1, "kept": 0}
        assert RoadmapSection.history.filter(history_type="~").count() == 1


class TestWrongFiles:
    def test_unknown_code_is_named_with_its_row_and_nothing_is_loaded(self, shipped):
        rows = [{"code": "leader", "title": "лидер – пассивный", "form": "nobody_nobody"}]
        with pytest.raises(ReferenceDataError) as refusal:
            shipped(RoleVariant, rows)
        assert "leader" in str(refusal.value) and "nobody_nobody" in str(refusal.value)
        assert not RoleVariant.objects.exists()

    def test_unknown_field_is_named(self, shipped):
        with pytest.raises(ReferenceDataError, match="colour"):
            shipped(MentoringKind, [{"code": "speed", "title": "скоростное", "colour": "red"}])

    def test_row_without_its_key_is_refused(self, shipped):
        with pytest.raises(ReferenceDataError, match="code"):
            shipped(MentoringKind, [{"title": "скоростное"}])

    def test_broken_json_is_named(self, tmp_path, monkeypatch):
        file = tmp_path / "kinds.json"
        file.write_text("[{", encoding="utf-8")
        monkeypatch.setattr(Table, "path", property(lambda table: file))
        with pytest.raises(ReferenceDataError, match=r"kinds\.json"):
            load_tables([Table(MentoringKind, "kinds.json")], ledger=DatabaseLedger())


def test_command_prints_one_json_document():
    printed = StringIO()
    call_command("load_reference", "--json", stdout=printed)
    counts = json.loads(printed.getvalue())
    assert counts["mentors.stage"] == {"added": 7, "updated": 0, "unchanged": 0, "kept": 0}
