using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Writes the results of tools.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SearchResults))]
[JsonSerializable(typeof(FetchedSource))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class ToolJsonContext : JsonSerializerContext
{
    /// <summary>Without escapes that only HTML needs: models read the text, and pay for each.</summary>
    public static ToolJsonContext Plain { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
