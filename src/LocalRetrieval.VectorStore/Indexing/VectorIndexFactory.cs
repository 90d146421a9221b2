using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Makes the index of a dense column.</summary>
internal static class VectorIndexFactory
{
    /// <summary>An index that knows no rows yet.</summary>
    /// <param name="property">The column, with the options of its index.</param>
    /// <param name="kind">Which index: what the property asks for, or what was chosen where it leaves that open.</param>
    /// <returns>The index; null where all whole vectors are compared.</returns>
    public static VectorIndex? Create(VectorProperty property, VectorIndexKind kind) => kind switch
    {
        VectorIndexKind.QuantizedFlat => new CodeIndex(property.Measure, property.Dimensions, property.Index.Quantization, property.Index.Options),
        VectorIndexKind.Hnsw => new GraphIndex(property.Measure, property.Dimensions, SettingsOf(property.Index.Options), RowsOf(property)),
        _ => null,
    };

    private static GraphSettings SettingsOf(VectorIndexOptions options) => new(
        options.M, options.EfConstruction, options.EfSearch, options.TargetRecall, options.Seed, options.UsedBuildThreads);

    private static GraphRows RowsOf(VectorProperty property) => property.Index.Quantization == VectorQuantization.None
        ? new WholeRows(property.Measure, property.Dimensions)
        : new CodedRows(property.Index.Quantization, property.Measure, property.Dimensions, property.Index.Options.Seed);
}
