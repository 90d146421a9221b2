namespace LocalRetrieval.VectorData.Log;

/// <summary>Reads what a frame holds.</summary>
internal delegate T? PayloadReader<out T>(ref ByteReader payload);
