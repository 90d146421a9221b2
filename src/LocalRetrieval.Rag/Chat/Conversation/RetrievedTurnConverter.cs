using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalRetrieval.Rag;

/// <summary>Writes a turn as its data.</summary>
internal sealed class RetrievedTurnConverter : JsonConverter<RetrievedTurn>
{
    public override RetrievedTurn? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, CitationJsonContext.Default.TurnData)?.ToTurn();

    public override void Write(Utf8JsonWriter writer, RetrievedTurn value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, TurnData.Of(value), CitationJsonContext.Default.TurnData);
}
