namespace LocalRetrieval;

/// <summary>What chooses the records that are compared by all their vectors.</summary>
public enum MultiVectorFirstPass
{
    /// <summary>Nothing: all that match are compared, and what is found is exact.</summary>
    None,

    /// <summary>One vector a record, the normalized mean of its vectors, held against the sum of the query's. Small and quick: it takes a byte of memory a dimension, and a scale.</summary>
    Pooled,

    /// <summary>
    /// One longer vector a record, whose dot product with one of the query's is about the sum of the largest products itself
    /// (<see href="https://arxiv.org/abs/2405.19504">MUVERA</see>); see <see cref="FixedDimensionalOptions"/>.
    /// </summary>
    FixedDimensional,
}
