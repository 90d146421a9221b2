using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>Finds the paragraph at a document's start that is styled as its title.</summary>
internal static class WordTitle
{
    private const int MaxElements = 50;

    /// <summary>The title's text; null where there is none.</summary>
    public static string? Find(MainDocumentPart main, WordStyles styles)
    {
        using OpenXmlReader reader = OpenXmlReader.Create(main);
        int elements = 0;
        while (elements < MaxElements && reader.Read())
        {
            if (reader.ElementType != typeof(Paragraph) || !reader.IsStartElement)
            {
                continue;
            }

            elements++;
            if (reader.LoadCurrentElement() is Paragraph paragraph && styles.Of(paragraph).IsTitle)
            {
                string text = new WordText(notes: null).Read(paragraph).Text.ReplaceLineEndings(" ").Trim();
                if (text.Length > 0)
                {
                    return text;
                }
            }
        }

        return null;
    }
}
