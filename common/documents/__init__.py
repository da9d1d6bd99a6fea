"""Word documents: filled from a template (``render_docx``) or built part by part (``DocumentBuilder``).

Both remove the characters that XML forbids, never interpret a user's text, and give the same bytes
for the same content and moment of creation.
"""

from common.documents.builder import DocumentBuilder, Strong
from common.documents.tables import TableColumn
from common.documents.templates import Image, render_docx

__all__ = ["DocumentBuilder", "Image", "Strong", "TableColumn", "render_docx"]
