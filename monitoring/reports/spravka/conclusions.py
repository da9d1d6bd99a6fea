"""Section 4: what is reached, what is missed and by how many, deficits, good practice."""

from __future__ import annotations

from collections import Counter

from common.documents import DocumentBuilder
from monitoring.reports import wording
from monitoring.reports.advice_common import best_places
from monitoring.reports.lines import Line
from monitoring.reports.material import Material
from monitoring.reports.wording import grouped, in_organizations, listed, points

MOST_ITEMS = 5


def add(doc: DocumentBuilder, material: Material) -> None:
    """Conclusions in the order in which a department asks for them."""
    doc.heading("4. Выводы")
    judged = [line for line in material.lines if line.definition.target is not None]
    doc.heading("4.1. Достижение целей", 2)
    if not judged:
        doc.paragraph(f"Цели на {material.span} не установлены, поэтому их достижение не оценивается.")
    _listed(doc, "Цель достигнута:", [_result(line) for line in judged if line.total.reached])
    _listed(doc, "Цель не достигнута:", [_result(line) for line in judged if line.total.missed])
    unknown = [line for line in judged if not line.total.reached and not line.total.missed]
    _listed(
        doc,
        "Достижение цели оценить нельзя:",
        [f"{line.labels.short} – {line.total.value}" for line in unknown],
    )
    doc.heading("4.2. Динамика", 2)
    _dynamics(doc, material)
    doc.heading("4.3. Дефициты", 2)
    deficits = _deficits(material)
    if deficits:
        doc.bulleted(sentence_list(deficits))
    else:
        doc.paragraph("Дефицитов по представленным данным не выявлено.")
    if not material.organization:
        doc.heading("4.4. Успешные практики", 2)
        best = best_places(material)
        if best:
            doc.paragraph(f"Всех установленных целей, по которым есть данные, достигли: {listed(best)}.")
        else:
            doc.paragraph("Организаций, достигших всех установленных целей, нет.")


def sentence_list(items: list[str]) -> list[str]:
    """Items of a list with semicolons and a final full stop."""
    return [f"{item};" for item in items[:-1]] + [f"{item}." for item in items[-1:]]


def _listed(doc: DocumentBuilder, opening: str, items: list[str]) -> None:
    if items:
        doc.paragraph(opening)
        doc.bulleted(sentence_list(items))


def _result(line: Line) -> str:
    lacking = f", {line.lacking}" if line.lacking else ""
    return f"{line.labels.short} – {line.result}{lacking}"


def _dynamics(doc: DocumentBuilder, material: Material) -> None:
    compared = [line for line in material.lines if line.total.change is not None and not line.is_condition]
    with_year = wording.span(material.period, "with", back=1)
    if not compared:
        doc.paragraph(f"Данных за {material.span_before} нет, динамика не оценивается.")
        return
    grown = [line for line in compared if line.total.change > 0]
    fallen = [line for line in compared if line.total.change < 0]
    _listed(doc, f"По сравнению с {with_year} выросли:", [_moved(line) for line in grown])
    _listed(doc, f"По сравнению с {with_year} снизились:", [_moved(line) for line in fallen])
    if not grown and not fallen:
        doc.paragraph(f"По сравнению с {with_year} значения показателей не изменились.")


def _moved(line: Line) -> str:
    change = line.total.change
    size = points(change) if line.is_share else grouped(abs(int(change)))
    before = wording.amount(line.total.previous_amount, line.definition.unit)
    return f"{line.labels.short} – на {size} (с {before} до {line.total.value})"


def _deficits(material: Material) -> list[str]:
    working = {place.id for place in material.working}
    evidence = material.evidence
    one = material.organization is not None
    found = []
    for ids, alone, many in (
        (
            working - evidence.pairs,
            "нет пар (групп), работавших в году",
            "нет пар (групп), работавших в году",
        ),
        (
            working - evidence.headcounts,
            "не представлена численность обучающихся и педагогов",
            "не представлена численность обучающихся и педагогов",
        ),
        (
            {pk for pk, titles in evidence.missing_documents.items() if titles} & working,
            "пакет документов о наставничестве неполный",
            "пакет документов о наставничестве неполный",
        ),
        (working - evidence.answers, "нет ответов на итоговую анкету", "нет ответов на итоговую анкету"),
        (working - evidence.audits, "не проведён самоаудит", "не проведён самоаудит"),
    ):
        if ids:
            found.append(alone if one else f"{many} в {in_organizations(len(ids))}")
    errors = sum(len(line.errors) for line in material.lines)
    if errors:
        found.append(
            f"число учтённых больше базы показателя: {wording.counted(errors, 'случай', 'случая', 'случаев')}"
        )
    common = Counter(item for items in evidence.open_items.values() for item in items)
    most = sorted(common.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ITEMS]
    for (number, title), organizations in most:
        where = "" if one else f" – в {in_organizations(organizations)}"
        found.append(f"не достигнут пункт {number} чек-листа «{title.rstrip('.')}»{where}")
    return found
