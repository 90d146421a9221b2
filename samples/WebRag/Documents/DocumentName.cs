using LocalRetrieval.Rag;
using WebRag.Uploads;

namespace WebRag.Documents;

/// <summary>How a source of the collection is named to people, and by this API.</summary>
internal static class DocumentName
{
    /// <summary>The folder that uploaded files are shown in.</summary>
    public const string UploadFolder = "uploads";

    public static string IdOf(string source) => UploadSource.TryRead(source, out string id, out _) ? id : source;

    /// <summary>The name with its path.</summary>
    public static string Of(string source) => UploadSource.TryRead(source, out _, out string name) ? name : source;

    public static string FolderOf(string source) =>
        UploadSource.TryRead(source, out _, out _) ? UploadFolder
        : source.LastIndexOf('/') is var end and >= 0 ? source[..end]
        : "";

    /// <summary>The document's title, or the name without its path where it has none.</summary>
    public static string TitleOf(string source, string? title)
    {
        string name = Of(source);
        return string.IsNullOrWhiteSpace(title) ? name[(name.LastIndexOf('/') + 1)..] : title;
    }

    public static DocumentInfo Describe(Passage passage) => new()
    {
        Id = IdOf(passage.Source),
        Name = Of(passage.Source),
        Title = TitleOf(passage.Source, passage.Title),
        Folder = FolderOf(passage.Source),
        Type = DocumentTypes.Of(passage.Source),
        Tags = passage.Tags,
        Language = passage.Language,
        IsOwn = UploadSource.TryRead(passage.Source, out _, out _),
    };
}
