using LocalRetrieval.Rag;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Opens documents, and says by name what is wrong with those that cannot be opened.</summary>
internal static class PdfFile
{
    /// <summary>Opens a document of bytes, which are changed where they would end the process.</summary>
    /// <exception cref="InvalidDataException">It is encrypted, broken or beyond a limit.</exception>
    public static PdfDocument Open(byte[] bytes, DocumentContext context, ParsingGuard guard)
    {
        DefaultColourSpaces.Rename(bytes);
        CrossReferenceWidths.Clear(bytes);
        ParsingOptions options = new()
        {
            UseLenientParsing = true,
            SkipMissingFonts = true,
            UseActualText = true,
            MaxStackDepth = context.Options.MaxDepth,
            FilterProvider = new GuardedFilters(guard),
        };
        PdfDocument document;
        try
        {
            document = PdfDocument.Open(bytes, options);
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new InvalidDataException(
                $"'{context.Source}' is encrypted and needs a password to be read. Save a copy without a password, and read that.", exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            guard.ThrowIfOver();
            throw Broken(context, reason: "", exception);
        }

        guard.ThrowIfOver();
        if (document.NumberOfPages > context.Options.MaxParts)
        {
            int pages = document.NumberOfPages;
            document.Dispose();
            throw new InvalidDataException(
                $"'{context.Source}' has {pages} pages, more than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxParts)}, "
                    + $"{context.Options.MaxParts}, allows. Raise the limit if you trust the file.");
        }

        return document;
    }

    /// <summary>Says that a document cannot be read as a PDF.</summary>
    /// <param name="context">The document's name.</param>
    /// <param name="reason">Why, in a sentence with a space before it; empty where only the parser's own words say it.</param>
    /// <param name="exception">What was thrown.</param>
    public static InvalidDataException Broken(DocumentContext context, string reason, Exception exception) =>
        new($"'{context.Source}' cannot be read as a PDF.{reason} It may be damaged or cut short; get it again, or open and save it with a PDF program.", exception);

    /// <summary>The first line of a message, ended as a sentence.</summary>
    public static string FirstLine(string message)
    {
        string line = message.Split('\n', 2)[0].Trim();
        string shortened = line.Length > 200 ? line[..200] + "…" : line;
        return shortened.EndsWith('.') ? shortened : shortened + ".";
    }
}
