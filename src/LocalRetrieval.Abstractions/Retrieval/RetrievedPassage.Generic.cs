using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>A passage that was retrieved, with the record that holds it.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
/// <param name="record">The record as the collection returned it.</param>
public sealed class RetrievedPassage<TRecord>(TRecord record) : RetrievedPassage
    where TRecord : class
{
    /// <summary>The record as the collection returned it. JSON leaves it out.</summary>
    [JsonIgnore]
    public TRecord Record { get; } = record;
}
