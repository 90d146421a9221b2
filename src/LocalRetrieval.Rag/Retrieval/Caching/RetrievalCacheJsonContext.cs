using System.Text.Json.Serialization;

namespace LocalRetrieval.Rag;

/// <summary>Writes every property that request options have, those to come included.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RetrievalOptions))]
internal sealed partial class RetrievalCacheJsonContext : JsonSerializerContext;
