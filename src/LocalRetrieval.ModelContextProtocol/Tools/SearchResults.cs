using System.Text.Json.Serialization;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>What <c>search</c> gives.</summary>
internal sealed record SearchResults([property: JsonPropertyName("results")] IReadOnlyList<SourceReference> Results);
