using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>The values of <see cref="EmbeddingPropertyNames.InputType"/>.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class EmbeddingInputTypes
{
    /// <summary>The text asks.</summary>
    public const string Query = "query";

    /// <summary>The text is searched.</summary>
    public const string Document = "document";

    /// <summary>New options that say that the texts are queries; middleware may change them.</summary>
    public static EmbeddingGenerationOptions QueryOptions() => Options(Query);

    /// <summary>New options that say that the texts are documents; middleware may change them.</summary>
    public static EmbeddingGenerationOptions DocumentOptions() => Options(Document);

    private static EmbeddingGenerationOptions Options(string inputType) => new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = inputType } };
}
