using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Puts sources together of their passages, as far as a filter lets them through.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SourceLookup<TRecord>(StagePlan<TRecord> plan, PassageMapping<TRecord> mapping)
    where TRecord : class
{
    /// <summary>How many passages are asked for at once. So many in a row that a filter hides are taken as the source's end.</summary>
    private const int BatchSize = 128;

    public async Task<SourceText?> ReadAsync(string key, string? collection, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken)
    {
        foreach ((string name, IRecordLookup<TRecord> lookup) in plan.Lookups)
        {
            if ((collection is null || collection == name)
                && await lookup.FindAsync(key, filter, cancellationToken).ConfigureAwait(false) is { } record)
            {
                return ToText(key, name, record, await PassagesAsync(name, record, filter, cancellationToken).ConfigureAwait(false));
            }
        }

        return null;
    }

    /// <summary>All passages of a record's source, in its order; the record alone where what it is of cannot be told.</summary>
    private async Task<IReadOnlyList<TRecord>> PassagesAsync(string collection, TRecord record, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken)
    {
        if (mapping.Source?.Invoke(record) is not { } source || mapping.Ordinal?.Invoke(record) is not { } known || mapping.KeyAt?.Invoke(record, known) is null)
        {
            return [record];
        }

        SortedList<int, TRecord> passages = new() { [known] = record };
        int next = 0;
        while (await FetchAsync(next).ConfigureAwait(false) || next <= known)
        {
            next += BatchSize;
        }

        return [.. passages.Values];

        async Task<bool> FetchAsync(int first)
        {
            object[] keys = [.. Enumerable.Range(first, BatchSize).Select(ordinal => mapping.KeyAt(record, ordinal)).OfType<object>()];
            bool any = false;
            foreach (TRecord passage in await plan.Records.GetAsync(collection, keys, filter, cancellationToken).ConfigureAwait(false))
            {
                any = true;
                if (mapping.Source(passage) == source && mapping.Ordinal(passage) is { } ordinal)
                {
                    passages[ordinal] = passage;
                }
            }

            return any;
        }
    }

    private SourceText ToText(string key, string collection, TRecord asked, IReadOnlyList<TRecord> passages) => new()
    {
        Key = key,
        Collection = collection,
        Source = mapping.Source?.Invoke(passages[0]),
        Title = mapping.Title?.Invoke(passages[0]),
        HeadingPath = mapping.HeadingPath?.Invoke(asked),
        Page = mapping.Page?.Invoke(asked),
        Text = JoinedText.Of(passages, mapping).Text,
        Passages = passages.Count,
    };
}
