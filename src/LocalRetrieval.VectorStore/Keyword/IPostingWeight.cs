namespace LocalRetrieval.VectorData.Keyword;

/// <summary>What a term adds to the score of a document that holds it: always above 0.</summary>
internal interface IPostingWeight
{
    double Of(double queryWeight, float weight, float length);
}
