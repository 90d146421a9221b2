using System.Text.Json.Serialization;

namespace LocalRetrieval.Rag;

/// <summary>How what messages carry is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CitationRecord[]))]
[JsonSerializable(typeof(TurnData))]
internal sealed partial class CitationJsonContext : JsonSerializerContext;
