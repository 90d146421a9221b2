namespace LocalRetrieval.Rag;

/// <summary>A record that a stage found, with the stage's score.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
public readonly record struct ScoredRecord<TRecord>
    where TRecord : class
{
    /// <summary>A record with its score.</summary>
    /// <param name="record">The record.</param>
    /// <param name="score">The score; higher is better.</param>
    public ScoredRecord(TRecord record, double score)
    {
        Record = record;
        Score = score;
    }

    /// <summary>The record.</summary>
    public TRecord Record { get; init; }

    /// <summary>The score; higher is better. Scores of different stages do not compare.</summary>
    public double Score { get; init; }
}
