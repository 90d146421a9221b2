namespace LocalRetrieval;

/// <summary>A record that a keyword search found, and its score.</summary>
/// <typeparam name="TRecord">The type of the record.</typeparam>
/// <param name="record">The record.</param>
/// <param name="score">Its score.</param>
public sealed class KeywordSearchResult<TRecord>(TRecord record, double score)
    where TRecord : class
{
    /// <summary>The record.</summary>
    public TRecord Record { get; } = record;

    /// <summary>How well the record's words match the query's, above 0; higher is better. Scores of different queries do not compare.</summary>
    public double Score { get; } = score;

    /// <summary>Which words of the query the record has, the highest score first; null where that was not asked, or the collection does not tell.</summary>
    public IReadOnlyList<KeywordMatch>? Matches { get; init; }
}
