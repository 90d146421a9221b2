using System.Linq.Expressions;

namespace LocalRetrieval;

/// <summary>Joins filters.</summary>
internal static class FilterExpressions
{
    /// <summary>A filter that lets through what both do; null lets all through.</summary>
    public static Expression<Func<TRecord, bool>>? And<TRecord>(Expression<Func<TRecord, bool>>? left, Expression<Func<TRecord, bool>>? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        Expression body = new ParameterReplacement(right.Parameters[0], left.Parameters[0]).Visit(right.Body);
        return Expression.Lambda<Func<TRecord, bool>>(Expression.AndAlso(left.Body, body), left.Parameters);
    }

    /// <summary>One parameter for both: stores look at a single one.</summary>
    private sealed class ParameterReplacement(ParameterExpression replaced, ParameterExpression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == replaced ? replacement : base.VisitParameter(node);
    }
}
