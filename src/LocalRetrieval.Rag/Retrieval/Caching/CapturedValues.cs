using System.Linq.Expressions;
using System.Reflection;

namespace LocalRetrieval.Rag;

/// <summary>Copies a filter with the values that it has captured, as they are now: a caller may change his variables while a store still reads the filter.</summary>
internal sealed class CapturedValues : ExpressionVisitor
{
    private CapturedValues()
    {
    }

    public static Expression<Func<TRecord, bool>> Keep<TRecord>(Expression<Func<TRecord, bool>> filter) =>
        filter.Update(new CapturedValues().Visit(filter.Body), filter.Parameters);

    protected override Expression VisitMember(MemberExpression node) => TryRead(node, out object? value) ? Expression.Constant(Copy(value), node.Type) : base.VisitMember(node);

    /// <summary>Reads a constant, or a member of one: what the compiler makes of a captured variable.</summary>
    public static bool TryRead(Expression node, out object? value)
    {
        value = null;
        if (node is ConstantExpression constant)
        {
            value = constant.Value;
            return true;
        }

        if (node is not MemberExpression member)
        {
            return false;
        }

        object? owner = null;
        if (member.Expression is not null && (!TryRead(member.Expression, out owner) || owner is null))
        {
            return false;
        }

        value = member.Member is FieldInfo field ? field.GetValue(owner) : ((PropertyInfo)member.Member).GetValue(owner);
        return true;
    }

    /// <summary>A value that nobody else changes: collections are copied.</summary>
    private static object? Copy(object? value) => value switch
    {
        Array array => array.Clone(),
        List<string> texts => new List<string>(texts),
        List<int> numbers => new List<int>(numbers),
        List<long> numbers => new List<long>(numbers),
        List<Guid> ids => new List<Guid>(ids),
        HashSet<string> texts => new HashSet<string>(texts, texts.Comparer),
        HashSet<int> numbers => new HashSet<int>(numbers, numbers.Comparer),
        HashSet<long> numbers => new HashSet<long>(numbers, numbers.Comparer),
        HashSet<Guid> ids => new HashSet<Guid>(ids, ids.Comparer),
        _ => value,
    };
}
