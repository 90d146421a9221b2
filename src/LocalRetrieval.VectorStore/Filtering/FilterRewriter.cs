using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Turns a filter over a record into one over a row's values, with what it captures as parameters.</summary>
/// <remarks>
/// What LINQ would leave to references or to the culture is made to mean values: equality of objects, arrays and lists, and the order
/// and the parts of strings, which are ordinal. A null string or collection holds nothing. Whatever else asks for the record itself
/// gets a copy of it, vectors included.
/// </remarks>
internal sealed class FilterRewriter(RecordModel model, ParameterExpression record, HashSet<Expression> dependent) : ExpressionVisitor
{
    public static readonly ParameterExpression Values = Expression.Parameter(typeof(object?[]), "values");
    public static readonly ParameterExpression Captured = Expression.Parameter(typeof(object?[]), "captured");
    public static readonly ParameterExpression Record = Expression.Parameter(typeof(object), "record");

    private readonly List<object?> _captured = [];

    /// <summary>What the filter captures, by parameter.</summary>
    public object?[] CapturedValues => [.. _captured];

    /// <summary>Whether the filter needs the record itself.</summary>
    public bool NeedsRecord { get; private set; }

    public override Expression? Visit(Expression? node)
    {
        if (node is null || dependent.Contains(node) || node.Type.IsByRefLike || node.Type == typeof(void))
        {
            return base.Visit(node);
        }

        return Filtering.CapturedValues.TryEvaluate(node, out object? value) ? Capture(value, node.Type) : base.Visit(node);
    }

    protected override Expression VisitConstant(ConstantExpression node) => Capture(node.Value, node.Type);

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (node != record)
        {
            return node;
        }

        NeedsRecord = true;
        return Expression.Convert(Record, node.Type);
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Expression is null || !IsRecord(node.Expression))
        {
            return base.VisitMember(node);
        }

        return !model.IsDynamic && model.Find(node.Member.Name) is { } property && IsOwn(node.Member)
            ? ReadSlot(property, node.Type) ?? base.VisitMember(node)
            : base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        MethodInfo method = node.Method;
        if (node.Object is not null && IsRecord(node.Object))
        {
            return VisitRecordCall(node);
        }

        if (method.DeclaringType == typeof(string))
        {
            return VisitStringCall(node);
        }

        bool isSequences = method.DeclaringType == typeof(Enumerable) || method.DeclaringType == typeof(MemoryExtensions);
        return method.ReturnType != typeof(bool) ? base.VisitMethodCall(node)
            : method.Name == "Contains" && (isSequences || node is { Object: not null, Arguments.Count: 1 }) ? VisitContains(node)
            : isSequences ? VisitGuarded(node)
            : base.VisitMethodCall(node);
    }

    protected override Expression VisitBinary(BinaryExpression node)
    {
        Type type = Nullable.GetUnderlyingType(node.Left.Type) ?? node.Left.Type;
        bool isEquality = node is { NodeType: ExpressionType.Equal or ExpressionType.NotEqual, Method: null };
        if (!isEquality || type.IsPrimitive || type.IsEnum)
        {
            return base.VisitBinary(node);
        }

        Expression equal = Expression.Call(FilterFunctions.AreEqualMethod, Box(Visit(node.Left)!), Box(Visit(node.Right)!));
        return node.NodeType == ExpressionType.Equal ? equal : Expression.Not(equal);
    }

    private static Expression Box(Expression value) => value.Type == typeof(object) ? value : Expression.Convert(value, typeof(object));

    /// <summary>Reads a property from the row's values; null where only the record itself has it.</summary>
    private static Expression? ReadSlot(RecordProperty property, Type type)
    {
        Expression slot = Expression.ArrayIndex(Values, Expression.Constant(property.Slot));
        return property is VectorProperty ? property.Type == typeof(string) ? Expression.TypeAs(slot, typeof(string)) : null
            : type == typeof(object) ? slot
            : Expression.Convert(slot, type);
    }

    /// <summary>The collection and the item of a call of any Contains; null where a comparer is given.</summary>
    private static (Expression? Collection, Expression? Item) FindCollection(MethodCallExpression node)
    {
        ReadOnlyCollection<Expression> arguments = node.Arguments;
        return node.Object is { } instance ? (instance, arguments[0])
            : arguments.Count == 3 && !(Filtering.CapturedValues.TryEvaluate(arguments[2], out object? comparer) && comparer is null) ? default
            : (WithoutSpan(arguments[0]), arguments[1]);
    }

    // C# 14 prefers the overloads over spans, which an expression cannot hold: what was made a span is taken in its place.
    private static Expression? WithoutSpan(Expression source) => source switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [{ } converted] } => converted,
        UnaryExpression { NodeType: ExpressionType.Convert, Method.Name: "op_Implicit" } conversion => conversion.Operand,
        _ => source.Type.IsByRefLike ? null : source,
    };

    private bool IsRecord(Expression node) =>
        node == record || (node is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.TypeAs } conversion && IsRecord(conversion.Operand));

    // An interface's property may be another one than the record's of the same name.
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The filter's own code calls the property through the interface.")]
    private bool IsOwn(MemberInfo member) =>
        member.DeclaringType is not { IsInterface: true } asked || model.RecordType.GetInterfaceMap(asked) is var map
            && map.TargetMethods[Array.IndexOf(map.InterfaceMethods, ((PropertyInfo)member).GetMethod!)].Name == ((PropertyInfo)member).GetMethod!.Name;

    private Expression VisitRecordCall(MethodCallExpression node)
    {
        if (!model.IsDynamic || node.Method.Name != "get_Item"
            || !Filtering.CapturedValues.TryEvaluate(node.Arguments[0], out object? name))
        {
            return base.VisitMethodCall(node);
        }

        RecordProperty property = model.Find((string)name!) ?? throw new InvalidOperationException(
            $"Filter: the records have no property '{name}'; they have {string.Join(", ", model.Properties.Select(property => property.Name))}.");
        return ReadSlot(property, typeof(object)) ?? base.VisitMethodCall(node);
    }

    private Expression VisitStringCall(MethodCallExpression node)
    {
        Expression[] arguments = [.. node.Arguments.Select(argument => Visit(argument)!)];
        Expression? instance = Visit(node.Object);
        bool isOneText = arguments is [{ } only] && only.Type == typeof(string);
        return (node.Method.Name, instance) switch
        {
            (nameof(string.StartsWith), { } text) when isOneText => Expression.Call(FilterFunctions.StartsWithMethod, text, arguments[0]),
            (nameof(string.EndsWith), { } text) when isOneText => Expression.Call(FilterFunctions.EndsWithMethod, text, arguments[0]),
            (nameof(string.Equals), { } text) when isOneText => GuardNull(text, guarded => Expression.Equal(guarded, arguments[0])),
            (nameof(string.Equals), null) when arguments is [{ } left, { } right] => Expression.Equal(left, right),
            (nameof(string.IndexOf), { } text) when isOneText => Expression.Call(FilterFunctions.IndexOfMethod, text, arguments[0]),
            (nameof(string.LastIndexOf), { } text) when isOneText => Expression.Call(FilterFunctions.LastIndexOfMethod, text, arguments[0]),
            (nameof(string.CompareTo), { } text) when isOneText => Expression.Call(FilterFunctions.CompareMethod, text, arguments[0]),
            (nameof(string.Compare), null) when arguments.Length == 2 => Expression.Call(FilterFunctions.CompareMethod, arguments),
            (nameof(string.Compare), null) when arguments is [_, _, { } third] && third.Type == typeof(bool) =>
                Expression.Call(FilterFunctions.CompareCaseMethod, arguments),
            (_, { } text) when node.Type == typeof(bool) => GuardNull(text, guarded => node.Update(guarded, arguments)),
            _ => node.Update(instance!, arguments),
        };
    }

    private Expression VisitContains(MethodCallExpression node)
    {
        if (FindCollection(node) is not ({ } collection, { } item))
        {
            return VisitGuarded(node);
        }

        if (dependent.Contains(collection))
        {
            return ColumnIndex.IsList(collection.Type)
                ? Expression.Call(FilterFunctions.ContainsMethod, Visit(collection)!, Unconverted(Visit(item)!))
                : VisitGuarded(node);
        }

        return Filtering.CapturedValues.TryEvaluate(collection, out object? items) && CapturedSet.TryTake(items) is { } captured
            ? Expression.Call(FilterFunctions.IsInMethod, Capture(captured, typeof(CapturedSet)), Unconverted(Visit(item)!))
            : VisitGuarded(node);
    }

    /// <summary>Leaves a call to LINQ, and makes it false where what it asks is null.</summary>
    private Expression VisitGuarded(MethodCallExpression node)
    {
        Expression asked = Visit(node.Object ?? node.Arguments[0])!;
        Expression[] rest = [.. node.Arguments.Skip(node.Object is null ? 1 : 0).Select(argument => Visit(argument)!)];
        return GuardNull(asked, guarded => node.Object is null ? node.Update(null, [guarded, .. rest]) : node.Update(guarded, rest));
    }

    // A slot's value is boxed already.
    private static Expression Unconverted(Expression item) =>
        item is UnaryExpression { NodeType: ExpressionType.Convert, Operand: BinaryExpression { NodeType: ExpressionType.ArrayIndex, Type: { } type } slot }
        && type == typeof(object) && slot.Left == Values
            ? slot
            : Box(item);

    private static Expression GuardNull(Expression instance, Func<Expression, Expression> call) => instance.Type.IsValueType
        ? call(instance)
        : Expression.AndAlso(Expression.ReferenceNotEqual(instance, Expression.Default(instance.Type)), call(instance));

    private UnaryExpression Capture(object? value, Type type)
    {
        _captured.Add(value);
        return Expression.Convert(Expression.ArrayIndex(Captured, Expression.Constant(_captured.Count - 1)), type);
    }
}
