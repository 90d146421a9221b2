using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>The values of <see cref="EmbeddingPropertyNames.InputType"/>.</summary>
/// <remarks>
/// <para>A text without a role gets the model's default prompt (default_prompt_name), and none where the model names no default: as a query, a text
/// that was meant to have its prompt then finds less. The bi-encoder of LocalRetrieval.Models is such a model. Components that pass no
/// options are given a generator of one role: see <see cref="EmbeddingRoleExtensions.AsQueryGenerator"/> and
/// <see cref="EmbeddingRoleExtensions.AsDocumentGenerator"/>.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
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

    /// <summary>Whether options name a role, be it the empty one.</summary>
    internal static bool IsNamed(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(EmbeddingPropertyNames.InputType, out object? role) is true && role is not null;

    /// <summary>A copy of options that names a role.</summary>
    internal static EmbeddingGenerationOptions Options(EmbeddingGenerationOptions? options, string inputType)
    {
        EmbeddingGenerationOptions copy = options?.Clone() ?? new EmbeddingGenerationOptions();
        (copy.AdditionalProperties ??= [])[EmbeddingPropertyNames.InputType] = inputType;
        return copy;
    }
}
