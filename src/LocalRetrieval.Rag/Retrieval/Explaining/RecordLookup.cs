using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Finds a record of a collection by its key as text. A filter is part of the question, so that what it hides is as if it were not there.</summary>
internal sealed class RecordLookup<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection, RecordLayout layout) : IRecordLookup<TRecord>
    where TKey : notnull
    where TRecord : class
{
    public async Task<TRecord?> FindAsync(string key, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken)
    {
        if (Parse(key) is not TKey typed)
        {
            return null;
        }

        if (filter is null)
        {
            return await collection.GetAsync(typed, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return layout.KeyName is null ? null : await collection.GetAsync(KeyFilter.Create<TKey, TRecord>(layout.KeyName, [typed], filter), top: 1, cancellationToken: cancellationToken)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Keys are texts, numbers and Guids, whose converters stay.")]
    [UnconditionalSuppressMessage("Trimming", "IL2087", Justification = "Keys are texts, numbers and Guids, whose converters stay.")]
    private static object? Parse(string key)
    {
        if (typeof(TKey) == typeof(string) || typeof(TKey) == typeof(object))
        {
            return key;
        }

        TypeConverter converter = TypeDescriptor.GetConverter(typeof(TKey));
        return converter.IsValid(key) ? converter.ConvertFromString(context: null, CultureInfo.InvariantCulture, key) : null;
    }
}
