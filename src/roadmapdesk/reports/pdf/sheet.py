"""The sheet that blocks draw on: reportlab's canvas with y downwards and every mark tagged or an artifact."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from roadmapdesk.figures.display_list import Point
from roadmapdesk.figures.metrics import Face, font_file
from roadmapdesk.reports.pdf.archive import ArchiveDocument, Properties, output_intents, xmp_stream
from roadmapdesk.reports.pdf.structure import Element, PdfThing, StructureTree, text_attribute

PAGE_WIDTH = 595.276
PAGE_HEIGHT = 841.89


def register_fonts() -> None:
    """Makes the shipped faces known to reportlab, so that no other one is ever named in a file."""
    for face in Face:
        if face.value not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face.value, str(font_file(face))))
    rl_config.canvas_basefontname = Face.REGULAR.value


class _TaggedCanvas(Canvas):  # type: ignore[misc]  # — reportlab is untyped
    """reportlab's canvas that gives each finished page its key in the parent tree."""

    def __init__(self, target: BytesIO, tree: StructureTree, language: str) -> None:
        super().__init__(
            target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.REGULAR.value,
            lang=language,
        )
        # The canvas makes its document itself; ours differs in one method only.
        self._doc.__class__ = ArchiveDocument
        self.tree = tree
        self.page_key: int = tree.new_page()

    def _setAnnotations(self, page: PdfThing) -> None:  # noqa: N802 — the name that reportlab gives its hook, called once per page
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = self.page_key
        page.Tabs = pdfdoc.PDFName("S")


class Sheet:
    """All pages of one file, filled one after the other. Lengths in points, y downwards from the top edge.

    Args:
        properties: title, author and moment for the file's properties.
        pages_of: mapping key of a bookmark → number of its page, known from the layout.
    """

    def __init__(self, properties: Properties, pages_of: Mapping[str, int]) -> None:
        register_fonts()
        self._buffer = BytesIO()
        self._tree = StructureTree()
        self._canvas = _TaggedCanvas(self._buffer, self._tree, properties.language)
        self._properties = properties
        self._is_open = False
        self._annotations = 0
        self.pages_of = pages_of
        self._set_properties()

    @property
    def root(self) -> Element:
        """The element that holds the whole document."""
        return self._tree.document

    def _set_properties(self) -> None:
        canvas, properties = self._canvas, self._properties
        canvas.setTitle(properties.title)
        canvas.setAuthor(properties.author)
        canvas.setSubject(properties.subject)
        canvas.setProducer(properties.producer)
        canvas.setCreator(properties.producer)
        moment = properties.created.astimezone(UTC)
        stamp = canvas._doc._timeStamp
        stamp.t = moment.timestamp()
        stamp.lt = moment.timetuple()
        stamp.YMDhms = tuple(moment.timetuple())[:6]
        canvas._doc.updateSignature(f"{properties.title} {stamp.t}")

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """Everything drawn inside belongs to `element`."""
        assert not self._is_open, "marked content is not nested"
        number = self._tree.new_content(self._canvas.page_key, element)
        element.add_content(number, self._canvas._doc.thisPageRef())
        self._canvas._code.append(f"/{element.tag} <</MCID {number}>> BDC")
        self._is_open = True
        yield
        self._is_open = False
        self._canvas._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Everything drawn inside is decoration (``Layout``) or repeats on each page (``Pagination``)."""
        assert not self._is_open, "marked content is not nested"
        self._canvas._code.append(f"/Artifact <</Type /{kind}>> BDC")
        self._is_open = True
        yield
        self._is_open = False
        self._canvas._code.append("EMC")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        face: Face,
        size: float,
        colour: str,
        rotation: float = 0.0,
        shift: float = 0.0,
    ) -> None:
        """One line of text on its baseline, moved back by `shift`, then turned clockwise around (x, y)."""
        canvas = self._canvas
        canvas.setFillColor(HexColor(colour))
        canvas.setFont(face.value, size)
        if not rotation:
            canvas.drawString(x - shift, PAGE_HEIGHT - y, text)
            return
        canvas.saveState()
        canvas.translate(x, PAGE_HEIGHT - y)
        canvas.rotate(-rotation)
        canvas.drawString(-shift, 0, text)
        canvas.restoreState()

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_width: float = 0.5,
        radius: float = 0.0,
    ) -> None:
        """A rectangle with its top left corner at (x, y)."""
        self._pen(fill, stroke, stroke_width)
        bottom = PAGE_HEIGHT - y - height
        if radius:
            self._canvas.roundRect(x, bottom, width, height, radius, stroke=int(bool(stroke)), fill=int(bool(fill)))
        else:
            self._canvas.rect(x, bottom, width, height, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def path(
        self,
        points: tuple[Point, ...],
        *,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_width: float = 0.5,
        is_closed: bool = True,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A polygon or an open line."""
        self._pen(fill, stroke, stroke_width)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], PAGE_HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, PAGE_HEIGHT - y)
        if is_closed:
            path.close()
        if dash:
            self._canvas.setDash(list(dash))
        self._canvas.drawPath(path, stroke=int(bool(stroke)), fill=int(bool(fill)))
        if dash:
            self._canvas.setDash()

    def _pen(self, fill: str | None, stroke: str | None, stroke_width: float) -> None:
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        if stroke:
            self._canvas.setStrokeColor(HexColor(stroke))
            self._canvas.setLineWidth(stroke_width)

    def bookmark(self, key: str, y: float) -> None:
        """Makes this height of the page the target `key` of links and of the outline."""
        self._canvas.bookmarkHorizontalAbsolute(key, PAGE_HEIGHT - max(0.0, y - 12))

    def outline(self, title: str, key: str, level: int) -> None:
        """Adds a line to the outline; `level` counts from 0."""
        self._canvas.addOutlineEntry(title, key, level, closed=level == 0)

    def link(self, element: Element, key: str, box: tuple[float, float, float, float], description: str) -> None:
        """Makes the box (left, top, right, bottom) a link to `key` that belongs to the element ``Link``."""
        canvas = self._canvas
        left, top, right, bottom = box
        self._annotations += 1
        name = f"link{self._annotations}"
        area = (left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top)
        annotation = _Link(area, description, canvas._bookmarkReference(key), "[0 0 0]")
        annotation.otherkw = {"StructParent": self._tree.new_annotation(element), "F": 4}
        element.attributes["Alt"] = text_attribute(description)
        canvas._addAnnotation(annotation, name, 1)
        element.add_annotation(canvas._doc.refAnnotation(name), canvas._doc.thisPageRef())

    def finish_page(self, *, is_last: bool) -> None:
        """Ends the page and starts the next one."""
        self._canvas.showPage()
        if not is_last:
            self._canvas.page_key = self._tree.new_page()

    def finish(self) -> bytes:
        """The whole file; the sheet cannot be used afterwards."""
        document = self._canvas._doc
        catalog = document.Catalog
        self._tree.drop_empty()
        catalog.StructTreeRoot = self._tree
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._canvas.showOutline()
        catalog.Metadata = xmp_stream(self._properties)
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = output_intents(document)
        self._canvas.save()
        return self._buffer.getvalue()


class _Link(pdfdoc.LinkAnnotation):  # type: ignore[misc]  # — reportlab is untyped
    """A link that may say to which element it belongs."""

    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")
