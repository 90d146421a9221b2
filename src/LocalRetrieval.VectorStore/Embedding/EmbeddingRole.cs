using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Tells a generator what its texts are for, so that it can put the model's prompt for that before them.</summary>
internal static class EmbeddingRole
{
    public static EmbeddingGenerationOptions Query() => Of(EmbeddingInputTypes.Query);

    public static EmbeddingGenerationOptions Document() => Of(EmbeddingInputTypes.Document);

    private static EmbeddingGenerationOptions Of(string role) => new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };
}
