using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Reads what a document says of itself.</summary>
internal static partial class InformationReader
{
    /// <summary>The document's information; what is rubbish, such as a file's name for a title, is left out.</summary>
    public static DocumentMetadata Read(PdfDocument document)
    {
        DocumentInformation information = document.Information;
        return new DocumentMetadata
        {
            Title = TitleOf(information.Title),
            Author = Clean(information.Author),
            Description = Clean(information.Subject),
            Tags = TagsOf(information.Keywords),
            Language = LanguageOf(document),
            Published = Date(information.GetCreatedDateTimeOffset),
            Modified = Date(information.GetModifiedDateTimeOffset),
        };
    }

    /// <summary>A title; null for what programs write where nobody gave one.</summary>
    public static string? TitleOf(string? title)
    {
        string? clean = Clean(title);
        return clean is null || !clean.Any(char.IsLetter) || Rubbish().IsMatch(clean) ? null : clean;
    }

    private static string? Clean(string? text)
    {
        string clean = string.Join(' ', new string([.. (text ?? "").Where(sign => !char.IsControl(sign) || char.IsWhiteSpace(sign))])
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return clean.Length == 0 ? null : clean;
    }

    private static string[] TagsOf(string? keywords)
    {
        string clean = Clean(keywords) ?? "";
        char separator = clean.Contains(';') ? ';' : clean.Contains(',') ? ',' : clean.Contains('，') ? '，' : clean.Contains('、') ? '、' : ';';
        return [.. clean.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
    }

    private static string? LanguageOf(PdfDocument document)
    {
        string? language = document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Lang, out IToken token)
            ? token switch { StringToken text => text.Data, HexToken hex => hex.Data, _ => null }
            : null;
        string? clean = Clean(language)?.Replace('_', '-');
        return clean is not null && Tag().IsMatch(clean) ? clean : null;
    }

    private static DateTimeOffset? Date(Func<DateTimeOffset?> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException)
        {
            // A date that no calendar has.
            return null;
        }
    }

    [GeneratedRegex(@"^(microsoft (word|powerpoint|excel)\b|untitled\b|unbenannt|sans titre|document\d*$|dokument\d*$|slide \d+$|powerpoint presentation$|presentation\d*$|.*\.(docx?|pptx?|xlsx?|indd|qxd|tex|dvi|ps|pdf|odt|rtf|fm|ai|cdr|html?)$|[a-z]:\\|file:|print$|layout \d+$|none$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rubbish();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
