using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Writes down a filter with the values that it has captured, so that equal texts let the same records through.</summary>
internal sealed class FilterText : ExpressionVisitor
{
    private readonly StringBuilder _text = new();
    private bool _isUntold;

    private FilterText()
    {
    }

    /// <summary>The text; null where the filter depends on something whose value has no text of its own.</summary>
    public static string? Of(LambdaExpression filter)
    {
        FilterText writer = new();
        writer.Visit(filter);
        return writer._isUntold ? null : writer._text.ToString();
    }

    public override Expression? Visit(Expression? node)
    {
        if (node is null || _isUntold)
        {
            return node;
        }

        if (CapturedValues.TryRead(node, out object? value))
        {
            Write(value);
            return node;
        }

        _text.Append('(').Append(node.NodeType).Append(' ').Append(node.Type).Append(' ');
        base.Visit(node);
        _text.Append(')');
        return node;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _text.Append(node.Name);
        return node;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        Write(node.Member);
        return base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        Write(node.Method);
        return base.VisitMethodCall(node);
    }

    protected override Expression VisitNew(NewExpression node)
    {
        _text.Append(node.Constructor);
        return base.VisitNew(node);
    }

    protected override Expression VisitTypeBinary(TypeBinaryExpression node)
    {
        _text.Append(node.TypeOperand.AssemblyQualifiedName);
        return base.VisitTypeBinary(node);
    }

    // What these build is beyond what filters are made of.
    protected override Expression VisitExtension(Expression node)
    {
        _isUntold = true;
        return node;
    }

    protected override MemberBinding VisitMemberBinding(MemberBinding node)
    {
        _isUntold = true;
        return node;
    }

    protected override ElementInit VisitElementInit(ElementInit node)
    {
        _isUntold = true;
        return node;
    }

    private void Write(MemberInfo member) => _text.Append(member.DeclaringType?.AssemblyQualifiedName).Append('.').Append(member).Append(' ');

    private void Write(object? value)
    {
        if (value is string text)
        {
            // With its length, no text can pass for what stands behind another.
            _text.Append(text.Length).Append(':').Append(text).Append(' ');
        }
        else if (value is null)
        {
            _text.Append("null ");
        }
        else if (value is DateTime or DateTimeOffset or DateOnly or TimeOnly)
        {
            Write(value.GetType(), ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
        }
        else if (value is bool or char or Enum or Guid or TimeSpan or decimal || value.GetType().IsPrimitive)
        {
            Write(value.GetType(), Convert.ToString(value, CultureInfo.InvariantCulture));
        }
        else if (value is IEnumerable values && HasKnownComparer(values))
        {
            WriteAll(values);
        }
        else
        {
            _isUntold = true;
        }
    }

    private void Write(Type type, string? value) => _text.Append(type).Append(' ').Append(value).Append(' ');

    /// <summary>Whether a collection holds what is equal to its elements: a set of texts may be blind to case.</summary>
    private static bool HasKnownComparer(IEnumerable values) => values switch
    {
        HashSet<string> texts => texts.Comparer == EqualityComparer<string>.Default || texts.Comparer == StringComparer.Ordinal,
        IDictionary => false,
        IReadOnlySet<string> or ISet<string> => false,
        _ => true,
    };

    private void WriteAll(IEnumerable values)
    {
        _text.Append(values.GetType()).Append('[');
        foreach (object? value in values)
        {
            Write(value);
        }

        _text.Append(']');
    }
}
