namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>An index that is built, and asked with a number of rows that it keeps on its way.</summary>
internal interface IIndexContender : IDisposable
{
    /// <summary>Builds it on one thread.</summary>
    void Build(IndexVectors vectors);

    /// <summary>The scores of the rows that it finds for a question.</summary>
    void Search(float[] question, int kept, Span<double> scores);
}
