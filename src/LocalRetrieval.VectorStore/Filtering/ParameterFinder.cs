using System.Linq.Expressions;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Finds the nodes of a filter that depend on the record or on the parameter of a lambda around them, and the lambdas themselves.</summary>
internal sealed class ParameterFinder : ExpressionVisitor
{
    private readonly HashSet<Expression> _dependent = new(ReferenceEqualityComparer.Instance);
    private HashSet<ParameterExpression> _free = [];

    public static HashSet<Expression> FindDependent(Expression filter)
    {
        ParameterFinder finder = new();
        finder.Visit(filter);
        return finder._dependent;
    }

    public override Expression? Visit(Expression? node)
    {
        if (node is null)
        {
            return null;
        }

        HashSet<ParameterExpression> outer = _free;
        _free = [];
        base.Visit(node);
        FindFree(node);

        // A lambda is compiled with the filter; as a value of its own it would be interpreted for each row.
        if (_free.Count > 0 || node is LambdaExpression or UnaryExpression { NodeType: ExpressionType.Quote })
        {
            _dependent.Add(node);
        }

        outer.UnionWith(_free);
        _free = outer;
        return node;
    }

    protected override Expression VisitExtension(Expression node) =>
        throw new NotSupportedException($"Filter: '{node}' is a node of type {node.GetType()}, which cannot be evaluated.");

    protected override Expression VisitDynamic(DynamicExpression node) =>
        throw new NotSupportedException($"Filter: '{node}' is dynamic ({node.NodeType}), which cannot be evaluated. Use a typed expression.");

    private void FindFree(Expression node)
    {
        if (node is ParameterExpression parameter)
        {
            _free.Add(parameter);
        }
        else if (node is LambdaExpression lambda)
        {
            _free.ExceptWith(lambda.Parameters);
        }
    }
}
