using System.Text.Json.Serialization;

namespace LocalRetrieval.AgentFramework;

/// <summary>How the state of a session is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RetrievalState))]
internal sealed partial class RetrievalStateJsonContext : JsonSerializerContext;
