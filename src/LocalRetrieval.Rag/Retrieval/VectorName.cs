using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Reads which vector options select.</summary>
internal static class VectorName
{
    /// <summary>The name that <c>record => record.Name</c> or <c>record => record["Name"]</c> selects; null where there is none.</summary>
    public static string? Of(LambdaExpression? selector) => NameOf(selector?.Body);

    private static string? NameOf(Expression? body) => body switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } convert => NameOf(convert.Operand),
        MemberExpression member => member.Member.Name,
        MethodCallExpression { Method.Name: "get_Item", Arguments: [ConstantExpression { Value: string name }] } => name,
        _ => null,
    };
}
