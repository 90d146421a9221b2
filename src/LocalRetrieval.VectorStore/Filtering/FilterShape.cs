using System.Linq.Expressions;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>The structure of a rewritten filter, without what it captures.</summary>
internal sealed class FilterShape : IEquatable<FilterShape>
{
    private readonly object?[] _parts;
    private readonly int _hash;

    private FilterShape(object?[] parts)
    {
        _parts = parts;
        HashCode hash = new();
        foreach (object? part in parts)
        {
            hash.Add(part);
        }

        _hash = hash.ToHashCode();
    }

    public static FilterShape Of(Expression rewritten)
    {
        Reader reader = new();
        reader.Visit(rewritten);
        return new FilterShape([.. reader.Parts]);
    }

    public bool Equals(FilterShape? other) => other is not null && _hash == other._hash && _parts.AsSpan().SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as FilterShape);

    public override int GetHashCode() => _hash;

    /// <summary>Writes down each node, what tells it from others of its type, and how many parts it has.</summary>
    private sealed class Reader : ExpressionVisitor
    {
        private readonly Dictionary<ParameterExpression, int> _parameters = [];

        public List<object?> Parts { get; } = [];

        public override Expression? Visit(Expression? node)
        {
            Parts.Add(node?.NodeType);
            if (node is null)
            {
                return null;
            }

            Parts.Add(node.Type);
            Parts.Add(Distinction(node));
            return base.Visit(node);
        }

        private object? Distinction(Expression node) => node switch
        {
            ConstantExpression constant => constant.Value,
            MemberExpression member => member.Member,
            MethodCallExpression call => call.Method,
            BinaryExpression binary => binary.Method,
            UnaryExpression unary => unary.Method,
            NewExpression creation => (creation.Constructor, creation.Arguments.Count),
            NewArrayExpression array => array.Expressions.Count,
            InvocationExpression invocation => invocation.Arguments.Count,
            LambdaExpression lambda => lambda.Parameters.Count,
            IndexExpression index => index.Indexer,
            TypeBinaryExpression type => type.TypeOperand,
            ParameterExpression parameter => Number(parameter),
            // Rare nodes are told apart by being themselves: their filters are compiled anew.
            MemberInitExpression or ListInitExpression or BlockExpression or SwitchExpression or TryExpression or LoopExpression
                or GotoExpression or LabelExpression or RuntimeVariablesExpression => node,
            _ => null,
        };

        private int Number(ParameterExpression parameter)
        {
            if (!_parameters.TryGetValue(parameter, out int number))
            {
                _parameters.Add(parameter, number = _parameters.Count);
            }

            return number;
        }
    }
}
