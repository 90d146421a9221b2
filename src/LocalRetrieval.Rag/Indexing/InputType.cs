using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>The role of a text, as generators read it from <see cref="EmbeddingGenerationOptions.AdditionalProperties"/>.</summary>
internal static class InputType
{
    /// <summary>New options for a query; generators in between may change them.</summary>
    public static EmbeddingGenerationOptions Query => Options(EmbeddingInputTypes.Query);

    /// <summary>New options for a document.</summary>
    public static EmbeddingGenerationOptions Document => Options(EmbeddingInputTypes.Document);

    private static EmbeddingGenerationOptions Options(string role) => new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };
}
