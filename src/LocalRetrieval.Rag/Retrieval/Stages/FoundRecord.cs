namespace LocalRetrieval.Rag;

/// <summary>A record that was found, and the collection that it is of.</summary>
internal readonly record struct FoundRecord<TRecord>(string Collection, ScoredRecord<TRecord> Scored)
    where TRecord : class;
