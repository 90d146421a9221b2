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
    /// <param name="options">What else is asked for; it is copied, and a role in it is replaced. Null for nothing.</param>
    public static EmbeddingGenerationOptions QueryOptions(EmbeddingGenerationOptions? options = null) => Options(options, Query);

    /// <summary>New options that say that the texts are documents; middleware may change them.</summary>
    /// <param name="options">What else is asked for; it is copied, and a role in it is replaced. Null for nothing.</param>
    public static EmbeddingGenerationOptions DocumentOptions(EmbeddingGenerationOptions? options = null) => Options(options, Document);

    private static EmbeddingGenerationOptions Options(EmbeddingGenerationOptions? options, string inputType)
    {
        EmbeddingGenerationOptions copy = options?.Clone() ?? new EmbeddingGenerationOptions();
        (copy.AdditionalProperties ??= [])[EmbeddingPropertyNames.InputType] = inputType;
        return copy;
    }
}
