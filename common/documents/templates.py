"""Fills a DOCX template."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from common.documents.package import saved, set_properties
from common.xmltext import xml_safe


@dataclass(frozen=True, slots=True)
class Image:
    """A picture for a template: PNG bytes, width on paper, alternative text."""

    png: bytes
    width_mm: float
    alt: str


class _DescribedImage(InlineImage):
    """An inline image that carries its alternative text."""

    def __init__(self, template: DocxTemplate, image: Image) -> None:
        super().__init__(template, io.BytesIO(image.png), width=Mm(image.width_mm))
        self._alt = image.alt

    def _insert_image(self) -> str:
        part = self.tpl.current_rendering_part
        inline = part.new_pic_inline(self.image_descriptor, self.width, self.height)
        inline.find(qn("wp:docPr")).set("descr", xml_safe(self._alt))
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'

    __str__ = __html__ = _insert_image


def render_docx(
    template: str | os.PathLike | IO[bytes],
    context: Mapping[str, Any],
    *,
    images: Mapping[str, Image] | None = None,
    title: str = "",
    created: dt.datetime | None = None,
) -> bytes:
    """Return the template filled with ``context``; pictures are named like other values.

    Values are escaped, None is printed as nothing. jinja2.UndefinedError when the template names a
    value that the context lacks; a template cannot reach Python's internals.
    """
    document = DocxTemplate(template)
    values = dict(context)
    for name, image in (images or {}).items():
        values[name] = _DescribedImage(document, image)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
    document.render(values, environment, autoescape=True)
    set_properties(document.docx, title=title or document.docx.core_properties.title, created=created)
    return saved(document)


def _printed(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Markup) or hasattr(value, "__html__"):
        return value
    return xml_safe(str(value))
