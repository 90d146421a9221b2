using System.Linq.Expressions;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Finds the nodes of a filter that depend on the record or on another lambda's parameter.</summary>
internal sealed class ParameterFinder : ExpressionVisitor
{
    private readonly HashSet<Expression> _dependent = new(ReferenceEqualityComparer.Instance);
    private bool _isDependent;

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

        bool wasDependent = _isDependent;
        _isDependent = node is ParameterExpression or LambdaExpression;
        base.Visit(node);
        if (_isDependent)
        {
            _dependent.Add(node);
        }

        _isDependent |= wasDependent;
        return node;
    }

    protected override Expression VisitExtension(Expression node) =>
        throw new NotSupportedException($"Filter: '{node}' is a node of type {node.GetType()}, which cannot be evaluated.");

    protected override Expression VisitDynamic(DynamicExpression node) =>
        throw new NotSupportedException($"Filter: '{node}' is dynamic ({node.NodeType}), which cannot be evaluated. Use a typed expression.");
}
