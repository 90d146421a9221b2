using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Makes the index of a dense column.</summary>
internal static class VectorIndexFactory
{
    /// <summary>An index that knows no rows yet.</summary>
    /// <param name="property">The column, with the options of its index.</param>
    /// <param name="kind">Which index: what the property asks for, or what was chosen where it leaves that open.</param>
    /// <returns>The index; null where all whole vectors are compared.</returns>
    public static VectorIndex? Create(VectorProperty property, VectorIndexKind kind) => null;
}
