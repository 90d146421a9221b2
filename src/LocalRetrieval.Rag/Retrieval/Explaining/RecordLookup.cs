using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds a record of a collection by its key as text. A filter is part of the question, so that what it hides is as if it were not there.</summary>
internal sealed class RecordLookup<TKey, TRecord>(ICollectionRecords<TRecord> records) : IRecordLookup<TRecord>
    where TKey : notnull
    where TRecord : class
{
    public async Task<TRecord?> FindAsync(string key, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken) =>
        Parse(key) is TKey typed && await records.GetAsync([typed], filter, cancellationToken).ConfigureAwait(false) is [var record, ..] ? record : null;

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
