using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Tells a generator what its texts are for, so that it can put the model's prompt for that before them.</summary>
internal static class EmbeddingRole
{
    private const string Key = "input_type";

    public static EmbeddingGenerationOptions Query() => Of("query");

    public static EmbeddingGenerationOptions Document() => Of("document");

    private static EmbeddingGenerationOptions Of(string role) => new() { AdditionalProperties = new() { [Key] = role } };
}
