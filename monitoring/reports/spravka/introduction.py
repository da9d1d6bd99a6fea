"""The title block and section 1: annotation, basis, aim, dates, methods and coverage."""

from __future__ import annotations

from django.utils import timezone

from common.documents import DocumentBuilder, TableColumn
from monitoring.reports import wording
from monitoring.reports.material import Material
from monitoring.reports.wording import grouped, listed, long_date, of_counted, of_organizations, sentence

DEFAULT_AIM = (
    "определить, как в образовательных организациях реализуются программы наставничества, достигнуты ли "
    "установленные значения показателей, и подготовить адресные рекомендации"
)


def add(doc: DocumentBuilder, material: Material) -> None:
    """The first page up to the coverage of the monitoring."""
    _title(doc, material)
    doc.heading("1. Введение")
    doc.heading("1.1. Краткие итоги", 2)
    doc.paragraph(*_annotation(material))
    doc.heading("1.2. Основание, цель и сроки", 2)
    for text in (_basis(material), _aim(material), _dates(material), _state_of_data(material)):
        doc.paragraph(text)
    doc.heading("1.3. Методы сбора и охват", 2)
    doc.paragraph(
        "Использованы: базы наставников и наставляемых, сведения о численности обучающихся и педагогов, "
        "анонимные итоговые анкеты наставников и наставляемых, документы организаций, самоаудит по "
        "чек-листу. Показатели рассчитаны автоматически по единым правилам (раздел\u00a02), человек "
        "учитывается один раз независимо от числа пар."
    )
    _coverage(doc, material)


def add_signature(doc: DocumentBuilder, material: Material) -> None:
    """Who prepared the paper, to be filled in by hand: the portal invents no names."""
    doc.paragraph(f"Дата составления: {long_date(material.made_on)}", indent=False, align="left")
    doc.paragraph("Исполнитель: ______________ / ______________", indent=False, align="left")


def _title(doc: DocumentBuilder, material: Material) -> None:
    municipality, organization = material.municipality, material.organization
    if municipality.department:
        doc.paragraph(municipality.department, align="center", indent=False)
    doc.heading("Аналитическая справка", 0)
    if organization:
        subject = "по итогам мониторинга реализации программ наставничества в образовательной организации"
        name = wording.name(organization.full_name or organization.short_name)
        place = f"{name}\n(муниципалитет: {municipality.name})"
    else:
        subject = "по итогам мониторинга реализации программ наставничества в образовательных организациях"
        place = f"Муниципалитет: {municipality.name}"
        if material.part:
            place = f"{material.part}\n(муниципалитет: {municipality.name})"
    doc.paragraph(
        f"{subject}\nза {material.span}\n(по состоянию на {long_date(material.period.as_of)})",
        align="center",
        indent=False,
    )
    doc.paragraph(place, align="center", indent=False)
    if municipality.is_demo:
        doc.paragraph("Демонстрационные данные", align="center", indent=False)


def _annotation(material: Material) -> list[str]:
    judged = [line for line in material.lines if line.definition.target is not None]
    reached = [line for line in judged if line.total.reached]
    missed = [line for line in judged if line.total.missed]
    unknown = len(judged) - len(reached) - len(missed)
    total = len(material.lines)
    text = (
        f"Рассчитано {wording.counted(total, 'показатель', 'показателя', 'показателей')}, "
        f"цели на {material.year} год установлены по {grouped(len(judged))}. "
    )
    if not judged:
        return [text + "Выводы о достижении целей не делаются; приведены значения и динамика."]
    if reached:
        text += f"Цель достигнута по {of_counted(len(reached), 'показателю', 'показателям')}"
    else:
        text += "Ни по одному показателю цель не достигнута"
    if missed and reached:
        text += f", не достигнута по {of_counted(len(missed), 'показателю', 'показателям')}"
    text += (
        f", не может быть оценена по {of_counted(unknown, 'показателю', 'показателям')}. "
        if unknown
        else ". "
    )
    worst = [line for line in missed if line.lacking]
    worst.sort(key=lambda line: line.total.amount / (line.total.target or 1))
    if worst:
        names = "; ".join(f"«{line.labels.short}» ({line.result}, {line.lacking})" for line in worst[:3])
        text += f"Наибольшее отставание от цели: {names}."
    return [text.strip()]


def _basis(material: Material) -> str:
    if material.round and material.round.basis:
        text = f"Основание проведения мониторинга: {sentence(material.round.basis)}"
    else:
        text = "Документ, на основании которого проведён мониторинг, в портале не указан."
    sources = []
    if material.roadmap:
        sources.append(
            f"{material.roadmap.title}" + (f" ({material.roadmap.source})" if material.roadmap.source else "")
        )
    targets = [line.definition.target_document for line in material.lines if line.definition.target_document]
    sources += [document for document in dict.fromkeys(targets) if document not in sources]
    if sources:
        text += f" Цели показателей установлены документами: {sentence('; '.join(sources))}"
    return text


def _aim(material: Material) -> str:
    if material.roadmap and material.roadmap.goal:
        return f"Цель мониторинга: {DEFAULT_AIM}. Цель дорожной карты: {sentence(material.roadmap.goal)}"
    return f"Цель мониторинга: {DEFAULT_AIM}."


def _dates(material: Material) -> str:
    found = material.round
    text = f"Отчётный период: {_period(material)}; отчётная дата: {long_date(material.period.as_of)}"
    if found and found.opens_on and found.due_on:
        text += (
            f"; мониторинг проводится с {long_date(found.opens_on)}, срок представления данных – "
            f"{long_date(found.due_on)}"
        )
    elif found and found.due_on:
        text += f"; срок представления данных – {long_date(found.due_on)}"
    return sentence(text)


def _period(material: Material) -> str:
    period = material.period
    start = long_date(period.start) if period.school else "1 января"
    return f"{start} – {long_date(period.end)}"


def _state_of_data(material: Material) -> str:
    if material.snapshot:
        frozen_on = long_date(timezone.localdate(material.snapshot.created_at))
        revision = f"редакция {material.snapshot.revision}"
        if material.snapshot.reason:
            revision += f", причина: {material.snapshot.reason}"
        text = (
            f"Мониторинг закрыт, значения показателей зафиксированы {frozen_on} ({revision}); последующие "
            "правки данных на них не влияют."
        )
        return f"{text} {sentence(wording.SUMMED)}" if material.is_summed else text
    text = f"Значения показателей рассчитаны по данным портала на {long_date(material.made_on)}"
    if material.is_preliminary:
        return f"{text} Отчётная дата ещё не наступила, поэтому значения предварительные."
    return f"{text}; мониторинг не закрыт, значения могут быть уточнены."


def _coverage(doc: DocumentBuilder, material: Material) -> None:
    working = {place.id for place in material.working}
    if material.organization:
        _own_coverage(doc, material)
        return
    if not working:
        doc.paragraph("Действующих образовательных организаций на отчётную дату в портале нет.")
        return
    gave = working & material.evidence.anything
    text = f"Данные представили {grouped(len(gave))} из {of_organizations(len(working))}."
    if silent := material.named(working - gave):
        text += f" Не представили никаких данных: {listed(silent)}."
    if material.round and material.snapshot is None and material.evidence.confirmed:
        confirmed = len(working & material.evidence.confirmed)
        text += f" Полноту данных подтвердили {grouped(confirmed)} из {of_organizations(len(working))}."
    doc.paragraph(text)
    rows = []
    for title, given in _kinds_of_data(material):
        lacking = working - given
        names = listed(material.named(lacking)) if lacking else wording.DASH
        rows.append((title, grouped(len(working & given)), grouped(len(lacking)), names))
    doc.table(
        [
            TableColumn("Данные", width=5),
            TableColumn("Есть", "center", 1.6),
            TableColumn("Нет", "center", 1.6),
            TableColumn("Организации, не представившие данные", width=8),
        ],
        rows,
        caption="Охват мониторинга, число организаций",
    )


def _own_coverage(doc: DocumentBuilder, material: Material) -> None:
    pk = material.organization.pk
    doc.table(
        [TableColumn("Данные", width=6), TableColumn("Представлены", "center", 2)],
        [(title, "да" if pk in given else "нет") for title, given in _kinds_of_data(material)],
        caption="Данные, представленные организацией",
    )


def _kinds_of_data(material: Material) -> list[tuple[str, frozenset[int]]]:
    evidence = material.evidence
    return [
        (
            f"Численность обучающихся и педагогов на дату {wording.span(material.period, 'of')}",
            evidence.headcounts,
        ),
        ("Пары (группы), работавшие в году", evidence.pairs),
        ("Ответы на итоговую анкету", evidence.answers),
        ("Самоаудит по чек-листу", evidence.audits),
    ]
