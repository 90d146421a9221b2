namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A query of <see cref="ProductCodes"/>.</summary>
/// <param name="scale">What a row's sum of integers is multiplied with, beside the row's own factor, for the dot product.</param>
/// <param name="length">The query's length; 0 where it does not count.</param>
internal abstract class ProductQuery(double scale, double length) : RowQuery
{
    public double Scale => scale;

    public double Length => length;
}
