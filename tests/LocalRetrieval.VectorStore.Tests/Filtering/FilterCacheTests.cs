using System.Linq.Expressions;
using LocalRetrieval.VectorData.Filtering;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Filtering;

public sealed class FilterCacheTests
{
    private static readonly RecordModel Model = RecordModelBuilder.Build(typeof(int), typeof(Product), definition: null, storeGenerator: null);

    private readonly FilterCache _cache = new();

    [Fact]
    public void Prepare_OtherValuesOfOneShape_CompilesOnce()
    {
        for (int i = 0; i < 100; i++)
        {
            int number = i;
            string[] names = ["a", i.ToString(System.Globalization.CultureInfo.InvariantCulture)];
            _cache.Prepare<Product>(product => product.Count == number && names.Contains(product.Name), Model);
        }

        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void Prepare_Constants_AreOneShape()
    {
        _cache.Prepare<Product>(product => product.Count == 1, Model);
        _cache.Prepare<Product>(product => product.Count == 2, Model);

        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void Prepare_OtherPropertyOperatorOrNesting_IsAnotherShape()
    {
        Expression<Func<Product, bool>>[] filters =
        [
            product => product.Count == 1,
            product => product.Id == 1,
            product => product.Count > 1,
            product => product.Count == product.Id,
            product => product.Maybe == 1,
            product => !(product.Count == 1),
            product => (product.Count == 1 || product.Id == 1) && product.IsNew,
            product => product.Count == 1 || (product.Id == 1 && product.IsNew),
            product => product.Sizes.Any(size => size == 1),
            product => product.Sizes.All(size => size == 1),
            product => product.Sizes.Any(size => product.Sizes.Any(other => other == size)),
            product => product.Sizes.Any(size => product.Sizes.Any(other => other == product.Count)),
        ];
        foreach (Expression<Func<Product, bool>> filter in filters)
        {
            _cache.Prepare(filter, Model);
        }

        Assert.Equal(filters.Length, _cache.Count);
    }

    [Fact]
    public void Prepare_EverNewShapes_StaysBounded()
    {
        ParameterExpression product = Expression.Parameter(typeof(Product));
        for (int i = 0; i < 11; i++)
        {
            for (int j = 0; j < 100; j++)
            {
                _cache.Prepare(Expression.Lambda<Func<Product, bool>>(Nested(product, i, j), product), Model);
            }
        }

        Assert.InRange(_cache.Count, 1, 1024);
    }

    private static BinaryExpression Nested(ParameterExpression product, int left, int right)
    {
        Expression Side(int depth) => Enumerable.Range(0, depth).Aggregate(
            (Expression)Expression.Property(product, nameof(Product.IsNew)), (inner, _) => Expression.Not(inner));
        return Expression.AndAlso(Side(left), Side(right));
    }
}
