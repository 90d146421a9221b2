using System.Linq.Expressions;
using System.Reflection;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Reads what a part of a filter that does not depend on the record stands for.</summary>
internal static class CapturedValues
{
    /// <summary>Evaluates an expression without parameters.</summary>
    /// <returns>Whether it has a value; where it throws, LINQ might never have come to it, so that is for the row to find out.</returns>
    public static bool TryEvaluate(Expression expression, out object? value)
    {
        try
        {
            value = Evaluate(expression);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            value = null;
            return false;
        }
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        MemberExpression { Member: PropertyInfo property } member when Nullable.GetUnderlyingType(property.DeclaringType!) is null =>
            property.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } conversion when IsBoxing(conversion) => Evaluate(conversion.Operand),
        NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => EvaluateArray(array),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private static bool IsBoxing(UnaryExpression conversion) =>
        conversion.Type == typeof(object) || conversion.Type == conversion.Operand.Type || Nullable.GetUnderlyingType(conversion.Type) == conversion.Operand.Type;

    private static Array EvaluateArray(NewArrayExpression expression)
    {
        var array = Array.CreateInstanceFromArrayType(expression.Type, expression.Expressions.Count);
        for (int i = 0; i < array.Length; i++)
        {
            array.SetValue(Evaluate(expression.Expressions[i]), i);
        }

        return array;
    }
}
