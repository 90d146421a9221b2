namespace LocalRetrieval.VectorData.Keyword;

/// <summary>BM25 as Lucene counts it: idf · tf / (tf + k1 · (1 − b + b · length / average length)).</summary>
internal readonly struct Bm25Weight(double k1, double b, double averageLength) : IPostingWeight
{
    private readonly double _constant = k1 * (1 - b);
    private readonly double _slope = k1 * b / averageLength;

    /// <summary>ln(1 + (count − documents with the term + ½) / (documents with the term + ½)).</summary>
    public static double Idf(int count, int withTerm) => Math.Log(1 + ((count - withTerm + 0.5) / (withTerm + 0.5)));

    public double Of(double queryWeight, float weight, float length) => queryWeight * weight / (weight + _constant + (_slope * length));
}
