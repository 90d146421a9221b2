using System.Linq.Expressions;
using System.Reflection;
using LocalRetrieval.Rag;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Filters of sources by their first passages, as far as a request's filter lets them through.</summary>
internal static class SourceFilter
{
    private static readonly MethodInfo CompareMethod = ((Func<string?, string?, int>)string.Compare).Method;

    /// <summary>The sources after <paramref name="source"/>, or all.</summary>
    public static Expression<Func<Passage, bool>> After(string? source, Expression<Func<Passage, bool>>? filter) => Create(filter, passage => source is null
        ? null
        : Expression.GreaterThan(Expression.Call(CompareMethod, Expression.Property(passage, nameof(Passage.Source)), Expression.Constant(source)), Expression.Constant(0)));

    /// <summary>That source.</summary>
    public static Expression<Func<Passage, bool>> Of(string source, Expression<Func<Passage, bool>>? filter) =>
        Create(filter, passage => Expression.Equal(Expression.Property(passage, nameof(Passage.Source)), Expression.Constant(source)));

    // Of the filter's own parameter: stores look at a single one.
    private static Expression<Func<Passage, bool>> Create(Expression<Func<Passage, bool>>? filter, Func<ParameterExpression, Expression?> create)
    {
        ParameterExpression passage = filter?.Parameters[0] ?? Expression.Parameter(typeof(Passage), "passage");
        Expression body = Expression.Equal(Expression.Property(passage, nameof(Passage.Ordinal)), Expression.Constant(0));
        foreach (Expression? condition in (Expression?[])[create(passage), filter?.Body])
        {
            body = condition is null ? body : Expression.AndAlso(body, condition);
        }

        return Expression.Lambda<Func<Passage, bool>>(body, passage);
    }
}
