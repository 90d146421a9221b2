using System.Linq.Expressions;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Filtering;

/// <summary>Makes random filters over products out of conditions that an index helps with, and some that none does.</summary>
internal sealed class RandomFilters(int seed)
{
    private readonly Random _random = new(seed);
    private readonly ParameterExpression _product = Expression.Parameter(typeof(Product), "product");

    public Expression<Func<Product, bool>> Next() => Expression.Lambda<Func<Product, bool>>(Condition(_random.Next(4)), _product);

    private Expression Condition(int depth) => depth == 0 ? Leaf() : _random.Next(4) switch
    {
        0 => Expression.OrElse(Condition(depth - 1), Condition(depth - 1)),
        1 => Expression.Not(Condition(depth - 1)),
        _ => Expression.AndAlso(Condition(depth - 1), Condition(depth - 1)),
    };

    private Expression Leaf()
    {
        int number = _random.Next(20);
        int? maybe = _random.Next(4) == 0 ? null : number % 6;
        string name = number % 2 == 0 ? "apple" : "fig";
        int[] several = [number, number / 2, 3];
        DateTime day = new DateTime(2024, 1, 1).AddDays(number % 10);
        Product.Grade grade = (Product.Grade)(number % 3);
        return _random.Next(14) switch
        {
            0 => Of(product => product.Count == number),
            1 => Of(product => product.Count > number),
            2 => Of(product => product.Count <= number && product.Count > number - 5),
            3 => Of(product => product.Name == name),
            4 => Of(product => product.Maybe == maybe),
            5 => Of(product => product.Maybe >= maybe),
            6 => Of(product => several.Contains(product.Count)),
            7 => Of(product => product.Tags != null && product.Tags.Contains(name)),
            8 => Of(product => product.Day < day),
            9 => Of(product => product.Quality == grade),
            10 => Of(product => product.Small == number),
            11 => Of(product => product.Sizes.Any(size => size == number % 5)),
            12 => Of(product => number < product.Price * 8),
            _ => Of(product => product.Sizes.Contains(number % 5)),
        };
    }

    private Expression Of(Expression<Func<Product, bool>> condition) => new Replacer(condition.Parameters[0], _product).Visit(condition.Body);

    private sealed class Replacer(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
