namespace LocalRetrieval.Rag;

/// <summary>A marker of citation, and where it stands in the text that was delivered.</summary>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusively.</param>
/// <param name="Numbers">The numbers that it names, as ranges; [1, 3-5] is 1 to 1 and 3 to 5.</param>
internal sealed record CitationMarker(int Start, int End, IReadOnlyList<(int From, int To)> Numbers)
{
    /// <summary>Whether it names <paramref name="number"/>.</summary>
    public bool Names(int number) => Numbers.Any(range => range.From <= number && number <= range.To);
}
