using DocumentFormat.OpenXml.Packaging;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>What the properties of an Office file say of it.</summary>
internal static class OfficeMetadata
{
    private static readonly char[] Separators = [',', ';'];

    // What applications write where nobody gave a title.
    private static readonly HashSet<string> NoTitles = new(StringComparer.OrdinalIgnoreCase)
    {
        "PowerPoint Presentation", "PowerPoint-Präsentation", "Présentation PowerPoint", "Presentación de PowerPoint", "Presentazione standard di PowerPoint", "Slide 1",
        "Document", "Document1", "Dokument1", "Book1", "Mappe1", "Untitled", "Word Document",
    };

    /// <summary>The metadata.</summary>
    /// <param name="package">The file.</param>
    /// <param name="title">Its title as it stands in the text; null takes that of the properties.</param>
    public static DocumentMetadata Read(OpenXmlPackage package, string? title)
    {
        IPackageProperties properties = package.PackageProperties;
        return new DocumentMetadata
        {
            Title = title ?? TitleOf(properties.Title),
            Description = Text(properties.Description) ?? Text(properties.Subject),
            Author = Text(properties.Creator),
            Language = Text(properties.Language),
            Tags = [.. Split(properties.Keywords).Concat(Split(properties.Category)).Distinct(StringComparer.Ordinal)],
            Published = Time(properties.Created),
            Modified = Time(properties.Modified),
        };
    }

    private static string? TitleOf(string? title) =>
        Text(title) is { } text && !NoTitles.Contains(text) && !text.StartsWith("Microsoft ", StringComparison.OrdinalIgnoreCase) ? text : null;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Split(string? text) =>
        (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DateTimeOffset? Time(DateTime? time) =>
        time is { } given ? new DateTimeOffset(DateTime.SpecifyKind(given, DateTimeKind.Utc)) : null;
}
