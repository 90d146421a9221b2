namespace LocalRetrieval.Rag;

/// <summary>A range that is not cut any more: a sentence, a line of code, a row, a part of one that is too long.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Tokens">Its tokens, without a heading path.</param>
/// <param name="Block">The block that it is of, among those of its section.</param>
internal readonly record struct ChunkUnit(TextRange Range, int Tokens, int Block)
{
    /// <summary>What a chunk that starts with it has before it: the names of a table's columns.</summary>
    public ChunkLead? Lead { get; init; }

    /// <summary>How good a cut before it is.</summary>
    public int Cut { get; init; }

    /// <summary>Whether it is of something that was too long for a chunk, so that repeating it would not repeat a whole.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether it is a chunk by itself, such as a part of a row.</summary>
    public bool IsAlone { get; init; }
}
