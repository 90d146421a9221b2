namespace LocalRetrieval;

/// <summary>The values of <see cref="EmbeddingPropertyNames.InputType"/>.</summary>
public static class EmbeddingInputTypes
{
    /// <summary>The text asks.</summary>
    public const string Query = "query";

    /// <summary>The text is searched.</summary>
    public const string Document = "document";
}
