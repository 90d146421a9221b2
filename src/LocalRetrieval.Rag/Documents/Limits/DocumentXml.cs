using System.Xml;

namespace LocalRetrieval.Rag;

/// <summary>Reads XML of documents that nobody vouches for: without DTD, so that there are no entities but the five of XML, and within the document's limits.</summary>
public static class DocumentXml
{
    /// <summary>A reader of XML.</summary>
    /// <param name="stream">The XML's bytes; it stays the caller's to dispose.</param>
    /// <param name="context">The document's name and limits.</param>
    /// <returns>
    /// A reader that throws an <see cref="XmlException"/> at a DTD, and an <see cref="InvalidDataException"/> at an element deeper than
    /// <see cref="DocumentReadingOptions.MaxDepth"/>. It resolves nothing.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static XmlReader CreateReader(Stream stream, DocumentContext context)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersFromEntities = 0x10000,
            MaxCharactersInDocument = context.Options.MaxExpandedBytes,
            CloseInput = false,
            CheckCharacters = false,
        };
        return new DepthCheckingXmlReader(XmlReader.Create(stream, settings), context);
    }
}
