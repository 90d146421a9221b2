using System.Linq.Expressions;
using LocalRetrieval.Rag;
using WebRag.Sessions;

namespace WebRag.Documents;

/// <summary>The conditions that passages are searched and read under: what a visitor may see, and of that what is wanted.</summary>
internal static class VisiblePassages
{
    /// <summary>Those of the folder, and of the visitor's own files.</summary>
    public static Expression<Func<Passage, bool>> Of(Session session)
    {
        string[] own = OwnSources(session);
        return passage => passage.Scope == Library.Scope || own.Contains(passage.Source);
    }

    /// <summary>Those of one document that the visitor may see.</summary>
    public static Expression<Func<Passage, bool>> OfSource(Session session, string source)
    {
        string[] own = OwnSources(session);
        return passage => passage.Source == source && (passage.Scope == Library.Scope || own.Contains(passage.Source));
    }

    /// <summary>The first ones of every document that the visitor may see: they carry what is known of the document.</summary>
    public static Expression<Func<Passage, bool>> FirstOfEach(Session session)
    {
        string[] own = OwnSources(session);
        return passage => passage.Ordinal == 0 && (passage.Scope == Library.Scope || own.Contains(passage.Source));
    }

    /// <summary>Those of the wanted documents that the visitor may see.</summary>
    public static Expression<Func<Passage, bool>> Of(Session session, IReadOnlyCollection<string>? sources, string? tag)
    {
        string[] own = OwnSources(session);
        HashSet<string>? wanted = sources is null ? null : [.. sources];
        return passage => (passage.Scope == Library.Scope || own.Contains(passage.Source))
            && (wanted == null || wanted.Contains(passage.Source))
            && (tag == null || passage.Tags.Contains(tag));
    }

    private static string[] OwnSources(Session session) => [.. session.Uploads.Values.Select(upload => upload.Source)];
}
