using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Narrows a filter to certain keys.</summary>
internal static class KeyFilter
{
    /// <summary>The records with one of <paramref name="keys"/> that <paramref name="filter"/> lets through.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What a store reads of a record stays.")]
    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "What a store reads of a record stays.")]
    public static Expression<Func<TRecord, bool>> Create<TKey, TRecord>(string keyName, List<TKey> keys, Expression<Func<TRecord, bool>>? filter)
    {
        ParameterExpression record = filter?.Parameters[0] ?? Expression.Parameter(typeof(TRecord), "record");
        Expression key = typeof(TRecord).GetProperty("Item", [typeof(string)]) is { } indexer && typeof(TRecord).IsAssignableTo(typeof(IReadOnlyDictionary<string, object?>))
            ? Expression.Convert(Expression.Call(record, indexer.GetMethod!, Expression.Constant(keyName)), typeof(TKey))
            : Expression.Property(record, keyName);
        Expression isOne = Expression.Call(Expression.Constant(keys), nameof(List<>.Contains), typeArguments: null, key);
        return Expression.Lambda<Func<TRecord, bool>>(filter is null ? isOne : Expression.AndAlso(isOne, filter.Body), record);
    }
}
