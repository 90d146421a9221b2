using System.Globalization;
using System.Text;
using LocalRetrieval.Rag;
using WebRag.Uploads;

namespace WebRag.Documents;

/// <summary>How a source of the collection is named to people, and by this API.</summary>
internal static class DocumentName
{
    /// <summary>The folder that uploaded files are shown in.</summary>
    public const string UploadFolder = "uploads";

    private const string Unnamed = "file";

    /// <summary>The name with its path.</summary>
    public static string Of(string source) => Clean(UploadSource.TryRead(source, out _, out string name) ? name : source);

    /// <summary>A name without what controls the screen or the direction of writing.</summary>
    public static string Clean(string name) => string.Concat(name.EnumerateRunes().Where(IsShown));

    public static DocumentInfo Describe(Passage passage)
    {
        // A file of the folder is not a visitor's, whatever its name looks like.
        bool isOwn = UploadSource.TryRead(passage.Source, out string id, out string name) && passage.Scope != Library.Scope;
        string shown = Clean(isOwn ? name : passage.Source);
        return new DocumentInfo
        {
            Id = isOwn ? id : passage.Source,
            Name = shown,
            Title = string.IsNullOrWhiteSpace(passage.Title) ? LastPart(shown) : passage.Title,
            Folder = isOwn ? UploadFolder : FolderOf(shown),
            Type = DocumentTypes.Of(passage.Source),
            Tags = passage.Tags,
            Language = passage.Language,
            IsOwn = isOwn,
        };
    }

    private static string LastPart(string shown) => shown[(shown.LastIndexOf('/') + 1)..] is { Length: > 0 } name ? name : Unnamed;

    // Format characters too: a name that is written from right to left in its middle shows another ending than it has.
    private static bool IsShown(Rune rune) => rune.Value != 0xFFFD && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string FolderOf(string source) => source.LastIndexOf('/') is var end and >= 0 ? source[..end] : "";
}
