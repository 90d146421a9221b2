using System.Linq.Expressions;
using System.Reflection;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Reads from a rewritten filter which indexes can help it.</summary>
internal static class IndexPlanner
{
    /// <returns>The plan, or null where no index can help.</returns>
    public static IndexPlan? Plan(Expression node) => node switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => PlanAnd(and),
        BinaryExpression { NodeType: ExpressionType.OrElse } or => Plan(or.Left) is { } left && Plan(or.Right) is { } right ? new OrPlan(left, right) : null,
        BinaryExpression { NodeType: ExpressionType.Equal } equal => PlanEqual(equal.Left, equal.Right, equal.Method),
        BinaryExpression binary when IsComparison(binary.NodeType) => PlanRange(binary),
        MethodCallExpression call when call.Method == FilterFunctions.AreEqualMethod => PlanEqual(call.Arguments[0], call.Arguments[1], compares: null),
        MethodCallExpression call when call.Method == FilterFunctions.IsInMethod => PlanAnyOf(call),
        MethodCallExpression call when call.Method == FilterFunctions.ContainsMethod => PlanElement(call),
        MethodCallExpression { Method.Name: nameof(Enumerable.Any) } call when call.Method.DeclaringType == typeof(Enumerable) => PlanAny(call),
        UnaryExpression { NodeType: ExpressionType.Not } not => PlanFlag(not.Operand, value: false),
        _ => PlanFlag(node, value: true),
    };

    private static AndPlan? PlanAnd(BinaryExpression node)
    {
        List<IndexPlan> plans = [];
        Gather(node, plans);
        for (int i = 0; i < plans.Count; i++)
        {
            for (int j = plans.Count - 1; j > i; j--)
            {
                if (plans[i] is RangePlan range && plans[j] is RangePlan other && range.With(other) is { } narrower)
                {
                    plans[i] = narrower;
                    plans.RemoveAt(j);
                }
            }
        }

        return plans.Count == 0 ? null : new AndPlan([.. plans]);
    }

    private static void Gather(Expression node, List<IndexPlan> plans)
    {
        if (node is BinaryExpression { NodeType: ExpressionType.AndAlso } and)
        {
            Gather(and.Left, plans);
            Gather(and.Right, plans);
        }
        else if (Plan(node) is { } plan)
        {
            plans.Add(plan);
        }
    }

    private static IndexPlan? PlanEqual(Expression left, Expression right, MethodInfo? compares) =>
        (FindSlot(left), FindCaptured(right)) is ({ } slot, { } captured) && IsOwn(compares, slot) ? PlanEqual(slot, captured)
        : (FindSlot(right), FindCaptured(left)) is ({ } other, { } value) && IsOwn(compares, other) ? PlanEqual(other, value)
        : null;

    private static IndexPlan PlanEqual(IndexedSlot slot, int captured) => slot.IsKey ? new KeyPlan(slot, captured) : new EqualPlan(slot, captured);

    /// <summary>Whether an operator is the one of the type that it reads, whose order an index has, and not another type's.</summary>
    private static bool IsOwn(MethodInfo? compares, IndexedSlot slot) => compares is null || compares.DeclaringType == slot.Type;

    private static RangePlan? PlanRange(BinaryExpression node)
    {
        bool isReversed = FindSlot(node.Left) is null;
        (Expression slotSide, Expression capturedSide) = isReversed ? (node.Right, node.Left) : (node.Left, node.Right);
        if (FindSlot(slotSide) is not { } slot || FindCaptured(capturedSide) is not { } captured || !IsOwn(node.Method, slot))
        {
            return null;
        }

        bool isLower = (node.NodeType is ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual) != isReversed;
        return new RangePlan(slot, isLower ? captured : -1, isLower ? -1 : captured);
    }

    private static IndexPlan? PlanAnyOf(MethodCallExpression call) =>
        FindCaptured(call.Arguments[0]) is not { } captured || FindSlot(call.Arguments[1]) is not { } slot ? null
        : slot.IsKey ? new KeyPlan(slot, captured)
        : new AnyOfPlan(slot, captured);

    private static ElementPlan? PlanElement(MethodCallExpression call) =>
        FindSlot(call.Arguments[0]) is { } slot && FindCaptured(call.Arguments[1]) is { } captured
            ? new ElementPlan(slot.Slot, captured)
            : null;

    /// <summary>Plans <c>list.Any(element => element == value)</c> and <c>list.Any(element => values.Contains(element))</c>.</summary>
    private static IndexPlan? PlanAny(MethodCallExpression call)
    {
        if (call.Arguments is not [{ } list, LambdaExpression { Parameters: [{ } element] } condition] || FindSlot(list) is not { } slot)
        {
            return null;
        }

        return condition.Body switch
        {
            MethodCallExpression isIn when isIn.Method == FilterFunctions.IsInMethod && IsElement(isIn.Arguments[1]) =>
                FindCaptured(isIn.Arguments[0]) is { } values ? new AnyElementPlan(slot.Slot, values) : null,
            BinaryExpression { NodeType: ExpressionType.Equal } equal when equal.Method is null || equal.Method.DeclaringType == element.Type =>
                FindCaptured(IsElement(equal.Left) ? equal.Right : IsElement(equal.Right) ? equal.Left : element) is { } value
                    ? new ElementPlan(slot.Slot, value)
                    : null,
            _ => null,
        };

        bool IsElement(Expression node) =>
            node == element || (node is UnaryExpression { NodeType: ExpressionType.Convert } boxing && boxing.Type == typeof(object) && boxing.Operand == element);
    }

    private static FlagPlan? PlanFlag(Expression node, bool value) =>
        node.Type == typeof(bool) && FindSlot(node) is { } slot && slot.Type == typeof(bool) ? new FlagPlan(slot, value) : null;

    private static bool IsComparison(ExpressionType type) =>
        type is ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual or ExpressionType.LessThan or ExpressionType.LessThanOrEqual;

    /// <summary>The slot that an expression reads, and the type that it reads it as; null where it is more than that.</summary>
    private static IndexedSlot? FindSlot(Expression node)
    {
        Type? type = null;
        while (node is UnaryExpression { NodeType: ExpressionType.Convert, Method: null } conversion && KeepsValues(conversion))
        {
            type = conversion.Type;
            node = conversion.Operand;
            if (node is BinaryExpression)
            {
                break;
            }
        }

        return node is BinaryExpression { NodeType: ExpressionType.ArrayIndex, Right: ConstantExpression { Value: int slot } } read && read.Left == FilterRewriter.Values
            ? new IndexedSlot(slot, type is null ? typeof(object) : Nullable.GetUnderlyingType(type) ?? type)
            : null;
    }

    private static int? FindCaptured(Expression node) => node switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } conversion when KeepsValues(conversion) => FindCaptured(conversion.Operand),
        BinaryExpression { NodeType: ExpressionType.ArrayIndex, Right: ConstantExpression { Value: int parameter } } read
            when read.Left == FilterRewriter.Captured => parameter,
        _ => null,
    };

    /// <summary>Whether a conversion gives different values for different ones, so that an index by the one finds the other.</summary>
    private static bool KeepsValues(UnaryExpression conversion)
    {
        Type from = Nullable.GetUnderlyingType(conversion.Operand.Type) ?? conversion.Operand.Type;
        Type to = Nullable.GetUnderlyingType(conversion.Type) ?? conversion.Type;
        return !from.IsValueType || !to.IsValueType || from == to || HasAll(to, from.IsEnum ? Enum.GetUnderlyingType(from) : from);
    }

    /// <summary>Whether an integer type has all values of another one, in the same order.</summary>
    private static bool HasAll(Type type, Type other) => IndexValue.IsInteger(type) && IndexValue.IsInteger(other)
        && (IsSigned(type) == IsSigned(other) ? Size(type) >= Size(other) : IsSigned(type) && Size(type) > Size(other));

    private static bool IsSigned(Type integer) => Type.GetTypeCode(integer) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    private static int Size(Type integer) => Type.GetTypeCode(integer) switch
    {
        TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 => 4,
        _ => 8,
    };
}
