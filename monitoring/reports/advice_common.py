"""Recommendations to curators and to the methodical service, derived from how many organizations lag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from monitoring.reports.material import Material
from monitoring.reports.wording import (
    counted,
    grouped,
    in_organizations,
    joined,
    of_counted,
    of_organizations,
)

MOST_ITEMS = 3


def for_curators(material: Material) -> list[str]:
    """What all curators should do; a usual duty is named only where the data show that it is needed."""
    return list(_for_curators(material))


def for_methodical_service(material: Material) -> list[str]:
    """What the methodical service should do for the organizations that lag."""
    return list(_for_methodical_service(material))


def _for_curators(material: Material) -> Iterator[str]:
    working = {place.id for place in material.working}
    evidence = material.evidence
    if any(line.errors for line in material.lines):
        yield (
            "сверить базы наставников и наставляемых с численностью и устранить ошибки в данных, "
            "названные в разделе\u00a03"
        )
    if working - evidence.headcounts:
        yield "внести численность обучающихся и педагогов не позднее отчётной даты мониторинга"
    if working - evidence.pairs:
        yield (
            "взять под личный контроль сбор баз наставников и наставляемых: по целевой модели это "
            "обязанность куратора"
        )
    if working - evidence.answers:
        yield (
            "обеспечить участие наставников и наставляемых в итоговом опросе: "
            "не менее пяти ответов каждой роли"
        )
    if working - evidence.audits or evidence.open_items:
        yield "завершить самоаудит и устранить замечания по пунктам, которые не достигнуты"
    programs = material.line("mentees_with_program")
    if programs and programs.total.denominator and programs.total.numerator != programs.total.denominator:
        yield "обеспечить каждую пару (группу) персонализированной программой с планом встреч и сроками"


def _for_methodical_service(material: Material) -> Iterator[str]:
    working = {place.id for place in material.working}
    evidence = material.evidence
    if missing := len(working - evidence.pairs):
        yield (
            f"провести консультации для кураторов {of_organizations(missing)}, не сформировавших базы "
            "наставников и наставляемых"
        )
    trained = material.line("mentors_trained")
    if trained and trained.total.denominator and (trained.total.numerator or 0) < trained.total.denominator:
        number = trained.total.denominator - trained.total.numerator
        yield (
            "продолжить курсы повышения квалификации по наставничеству: их не прошли "
            f"{counted(number, 'наставник', 'наставника', 'наставников')} из "
            f"{grouped(trained.total.denominator)}"
        )
    unhappy = [line.labels.short.lower() for line in material.lines if line.of_answers and line.total.missed]
    if unhappy:
        yield f"изучить причины, по которым не достигнута цель: {joined(unhappy)}; обсудить их с кураторами"
    common = Counter(item for items in evidence.open_items.values() for item in items)
    for (number, title), organizations in sorted(common.items(), key=lambda pair: (-pair[1], pair[0]))[
        :MOST_ITEMS
    ]:
        if organizations > 1:
            yield (
                f"подготовить разъяснение по пункту {number} чек-листа самоаудита «{title.rstrip('.')}»: он "
                f"не достигнут в {in_organizations(organizations)}"
            )
    incomplete = sum(bool(titles) for titles in evidence.missing_documents.values())
    if incomplete:
        where = of_counted(incomplete, "организации", "организациям")
        yield f"оказать помощь в подготовке документов {where}"
    best = best_places(material)
    if best:
        yield f"обобщить и распространить опыт организаций, достигших всех целей: {joined(best)}"


def best_places(material: Material) -> list[str]:
    """Organizations that reach every target which they can be measured against, two targets at least."""
    found = []
    for place in material.working:
        rows = [row for line in material.lines if (row := line.of(place.id))]
        judged = [row for row in rows if row.reached or row.missed]
        blank = any(row.no_data or row.in_error for row in rows if row.target is not None)
        if len(judged) > 1 and not blank and all(row.reached for row in judged):
            found.append(place.id)
    return material.named(found)
