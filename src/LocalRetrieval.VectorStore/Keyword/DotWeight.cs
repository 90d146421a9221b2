namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The term's weight in the query times its weight in the document.</summary>
internal readonly struct DotWeight : IPostingWeight
{
    public double Of(double queryWeight, float weight, float length) => queryWeight * weight;
}
