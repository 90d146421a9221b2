using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Values;

/// <summary>Reads one value.</summary>
internal delegate T ScalarReader<out T>(ref ByteReader reader);
