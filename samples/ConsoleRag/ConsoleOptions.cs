namespace ConsoleRag;

/// <summary>What the command line says.</summary>
internal sealed record ConsoleOptions(string? Docs, string? Question, int Top, int? Candidates, bool Rerank)
{
    /// <summary>The folder that the index is kept in; null for memory.</summary>
    public string? Index { get; init; }

    /// <summary>Whether the table says why.</summary>
    public bool Explain { get; init; }

    /// <summary>A document's name, or a passage's key, to explain beside what is returned.</summary>
    public string? Explained { get; init; }

    /// <summary>The file that the report is written to.</summary>
    public string? Report { get; init; }
}
