namespace LocalRetrieval.VectorData.Storage;

/// <summary>A record on its way into a table.</summary>
/// <param name="values">The values by slot, the store's own.</param>
/// <param name="vectors">The vectors by column; null where there is none.</param>
internal readonly struct PendingRow(object?[] values, float[]?[] vectors)
{
    public object?[] Values => values;

    public float[]?[] Vectors => vectors;
}
