namespace LocalRetrieval;

/// <summary>A passage that was retrieved, with the record that holds it.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
public sealed class RetrievedPassage<TRecord> : RetrievedPassage
    where TRecord : class
{
    /// <summary>The record as the collection returned it.</summary>
    public required TRecord Record { get; init; }
}
