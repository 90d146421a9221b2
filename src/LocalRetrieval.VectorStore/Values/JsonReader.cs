using System.Text.Json;

namespace LocalRetrieval.VectorData.Values;

/// <summary>Reads one value, at whose first token the reader stands; it then stands at the last one.</summary>
internal delegate T JsonReader<out T>(ref Utf8JsonReader reader);
