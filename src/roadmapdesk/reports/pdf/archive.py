"""What PDF/A-2a and PDF/UA-1 want beside the pages: XMP metadata, the output intent, and clean stream ends.

Source: ISO 19005-2, 6.1.7.1, 6.2.3, 6.6.2; ISO 14289-1, 7.1.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from roadmapdesk.reports.pdf.structure import PdfThing

_EXTENSION = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA ID</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq>"
    "</pdfaSchema:property></rdf:li>"
    "</rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
)


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of the file; `language` is a tag such as ``de-DE``."""

    title: str
    author: str
    subject: str
    producer: str
    language: str
    created: datetime


def xmp_stream(properties: Properties) -> PdfThing:
    """The XMP packet: the same title, author, producer and time as in the document information."""
    stamp = properties.created.astimezone(UTC).isoformat(timespec="seconds")
    title, author, subject = (escape(text) for text in (properties.title, properties.author, properties.subject))
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {_NAMESPACES}>'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>'
        f"<dc:language><rdf:Bag><rdf:li>{properties.language}</rdf:li></rdf:Bag></dc:language>"
        "<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
        f"<pdf:Producer>{escape(properties.producer)}</pdf:Producer>"
        f"<xmp:CreatorTool>{escape(properties.producer)}</xmp:CreatorTool>"
        f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
        f'</rdf:Description>{_EXTENSION}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    dictionary = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")})
    stream = pdfdoc.PDFStream(dictionary, packet.encode("utf-8"))
    stream.filters = []
    return stream


def output_intents(document: PdfThing) -> PdfThing:
    """One output intent: the colours are sRGB."""
    from PIL import ImageCms  # noqa: PLC0415 — heavy library, loaded on first use

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Bytes 24 to 35 hold the moment of creation: a fixed one, so that equal documents are equal files.
    profile[24:36] = bytes.fromhex("07d000010001000000000000")
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), bytes(profile))
    stream.filters = [pdfdoc.PDFZCompress]
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
        "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": document.Reference(stream),
    }
    return pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


class _TerminatedStream(pdfdoc.PDFStream):  # type: ignore[misc]  # — reportlab is untyped
    """A stream with a line end before ``endstream``, which reportlab leaves out and PDF/A demands."""

    def format(self, document: PdfThing) -> bytes:
        data: bytes = super().format(document)
        return data.removesuffix(b"endstream\n") + b"\nendstream\n"


class ArchiveDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # — reportlab is untyped
    """reportlab's document with streams that end as PDF/A demands."""

    def Reference(self, thing: PdfThing, name: PdfThing = None) -> PdfThing:  # noqa: N802 — the name that reportlab gives its method
        """A reference to `thing`, which is registered on the first call."""
        if type(thing) is pdfdoc.PDFStream:
            # The library builds page and font streams itself; both classes have the same fields.
            thing.__class__ = _TerminatedStream
        return super().Reference(thing, name)
