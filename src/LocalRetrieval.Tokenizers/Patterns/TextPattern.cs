namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>What a text is searched for. Implementations are immutable and thread-safe.</summary>
internal abstract class TextPattern
{
    /// <summary>Finds the leftmost match that begins at <paramref name="from"/> or later; none is empty.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="from">Where to begin, before the end.</param>
    /// <param name="start">Where the match begins.</param>
    /// <param name="end">Where it ends.</param>
    public abstract bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end);
}
