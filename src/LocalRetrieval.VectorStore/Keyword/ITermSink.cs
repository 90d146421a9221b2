namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Takes the terms of a text, position by position.</summary>
internal interface ITermSink
{
    /// <summary>Adds the term of the next position.</summary>
    void Add(ReadOnlySpan<char> term);

    /// <summary>Adds a further term of the position that was added last. One that this position has already does not count again.</summary>
    void AddVariant(ReadOnlySpan<char> term);
}
