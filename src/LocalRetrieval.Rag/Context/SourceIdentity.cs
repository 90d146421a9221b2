namespace LocalRetrieval.Rag;

/// <summary>What makes a passage the same source: a passage that was changed is another one, whatever its key.</summary>
internal readonly record struct SourceIdentity(string Key, string? Source, string Text)
{
    public static SourceIdentity Of(RetrievedPassage passage) => new(passage.Key, passage.Source, passage.Text);
}
