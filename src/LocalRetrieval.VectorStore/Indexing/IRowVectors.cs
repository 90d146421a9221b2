namespace LocalRetrieval.VectorData.Indexing;

/// <summary>The vectors of a column's rows in the form in which an index compares them: whole, or as codes.</summary>
/// <remarks>
/// Nearness is a number that is higher for nearer rows, as <see cref="Search.VectorMeasure"/> has it, up to the error of the codes. One writer adds rows; rows that it has
/// published are never changed, and are compared without a lock by any number of threads.
/// </remarks>
internal interface IRowVectors
{
    /// <summary>Makes of a query what rows are compared with.</summary>
    /// <param name="query">The query, finite, of any length.</param>
    RowQuery Prepare(ReadOnlySpan<float> query);

    /// <summary>Makes of a row what other rows are compared with.</summary>
    RowQuery PrepareRow(int row);

    /// <summary>Whether two rows are equally near to whatever they are compared with, since they are made of the same.</summary>
    bool AreEqual(int row, int other);

    /// <summary>Compares rows of a list.</summary>
    /// <param name="query">What <see cref="Prepare"/> or <see cref="PrepareRow"/> of the same rows made.</param>
    /// <param name="rows">The numbers of the rows, in any order.</param>
    /// <param name="nearness">Takes how near each is.</param>
    void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness);

    /// <summary>Compares neighbouring rows.</summary>
    /// <param name="query">What <see cref="Prepare"/> or <see cref="PrepareRow"/> of the same rows made.</param>
    /// <param name="firstRow">The number of the first one.</param>
    /// <param name="nearness">Takes how near each is: as many as are compared.</param>
    void Compare(RowQuery query, int firstRow, Span<float> nearness);
}
