using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>Goes through a document's body, loading one paragraph or row of a table at a time.</summary>
internal static class WordBodyElements
{
    public static void Walk(MainDocumentPart main, WordBody body, CancellationToken cancellationToken)
    {
        using OpenXmlReader reader = OpenXmlReader.Create(main);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Body) && reader.IsStartElement)
            {
                WalkChildren(reader, body, cancellationToken);
                return;
            }
        }
    }

    private static void WalkChildren(OpenXmlReader reader, WordBody body, CancellationToken cancellationToken)
    {
        if (!reader.ReadFirstChild())
        {
            return;
        }

        bool isContents = false;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Type type = reader.ElementType;
            if (type == typeof(SdtProperties))
            {
                isContents = IsContents((SdtProperties)reader.LoadCurrentElement()!);
            }
            else if (type == typeof(SdtContentBlock) && isContents)
            {
                reader.Skip();
            }
            else if (IsContainer(type))
            {
                WalkChildren(reader, body, cancellationToken);
            }
            else if (type == typeof(Table))
            {
                WalkRows(reader, body, cancellationToken);
            }
            else if (reader.LoadCurrentElement() is { } element)
            {
                body.Add(element);
            }
        }
        while (reader.ReadNextSibling());
    }

    private static bool IsContainer(Type type) =>
        type == typeof(SdtBlock) || type == typeof(SdtContentBlock) || type == typeof(CustomXmlBlock) || type == typeof(InsertedRun);

    private static void WalkRows(OpenXmlReader reader, WordBody body, CancellationToken cancellationToken)
    {
        WordTable table = body.BeginTable();
        if (reader.ReadFirstChild())
        {
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reader.LoadCurrentElement() is { } element)
                {
                    table.Add(element);
                }
            }
            while (reader.ReadNextSibling());
        }

        body.EndTable(table);
    }

    private static bool IsContents(SdtProperties properties) =>
        properties.Descendants<DocPartGallery>().Any(gallery => gallery.Val?.Value?.StartsWith("Table of Contents", StringComparison.OrdinalIgnoreCase) == true);
}
