using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalRetrieval.Rag;

/// <summary>The relevance models of the embedded encoders, fitted by the benchmark that bench/results/relevance.md is of.</summary>
internal static partial class KnownRelevanceModels
{
    private static readonly Lazy<RelevanceModel[]> Models = new(Read);

    public static IReadOnlyList<RelevanceModel> All => Models.Value;

    private static RelevanceModel[] Read()
    {
        using Stream stream = typeof(KnownRelevanceModels).Assembly.GetManifestResourceStream("relevance.json")!;
        return JsonSerializer.Deserialize(stream, Json.Default.RelevanceModelArray)!;
    }

    [JsonSerializable(typeof(RelevanceModel[]))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    private sealed partial class Json : JsonSerializerContext;
}
