using LocalRetrieval.Rag;
using WebRag.Uploads;

namespace WebRag.Documents;

/// <summary>How a source of the collection is named to people, and by this API.</summary>
internal static class DocumentName
{
    /// <summary>The folder that uploaded files are shown in.</summary>
    public const string UploadFolder = "uploads";

    /// <summary>The name with its path.</summary>
    public static string Of(string source) => UploadSource.TryRead(source, out _, out string name) ? name : source;

    public static DocumentInfo Describe(Passage passage)
    {
        // A file of the folder is not a visitor's, whatever its name looks like.
        bool isOwn = UploadSource.TryRead(passage.Source, out string id, out string name) && passage.Scope != Library.Scope;
        string shown = isOwn ? name : passage.Source;
        return new DocumentInfo
        {
            Id = isOwn ? id : passage.Source,
            Name = shown,
            Title = string.IsNullOrWhiteSpace(passage.Title) ? shown[(shown.LastIndexOf('/') + 1)..] : passage.Title,
            Folder = isOwn ? UploadFolder : FolderOf(passage.Source),
            Type = DocumentTypes.Of(passage.Source),
            Tags = passage.Tags,
            Language = passage.Language,
            IsOwn = isOwn,
        };
    }

    private static string FolderOf(string source) => source.LastIndexOf('/') is var end and >= 0 ? source[..end] : "";
}
