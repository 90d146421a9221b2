namespace LocalRetrieval.Rag;

/// <summary>What the chunks of one section may hold: a number of tokens and of characters, their heading path included.</summary>
internal sealed class ChunkBudget
{
    private readonly ITokenCounter _counter;

    public ChunkBudget(ITokenCounter counter, int maxTokens, string? headingPath)
    {
        _counter = counter;
        MaxTokens = maxTokens;
        HeadingPath = Shorten(headingPath);
        HeadingTokens = HeadingPath is null ? 0 : CountHeading(HeadingPath);

        // A character of two units always has room, so that cutting comes to an end.
        MaxTextLength = Math.Max(2, CharacterLimit.Of(maxTokens) - (HeadingPath is null ? 0 : HeadingPath.Length + 1));
    }

    /// <summary>The limit of heading path, newline and text together.</summary>
    public int MaxTokens { get; }

    /// <summary>The limit of the text in UTF-16 units.</summary>
    public int MaxTextLength { get; }

    /// <summary>The heading path, shortened to half of the limit.</summary>
    public string? HeadingPath { get; }

    /// <summary>The tokens of the heading path and the newline.</summary>
    public int HeadingTokens { get; }

    /// <summary>The tokens of a chunk with this text, its heading path included.</summary>
    public int Count(ReadOnlySpan<char> text) =>
        _counter.CountTokens(HeadingPath is null ? text : string.Concat(HeadingPath, "\n", text));

    /// <summary>Whether a chunk may have this text; <paramref name="tokens"/> are counted only where its length allows it.</summary>
    public bool Fits(ReadOnlySpan<char> text, out int tokens)
    {
        tokens = text.Length <= MaxTextLength ? Count(text) : int.MaxValue;
        return tokens <= MaxTokens;
    }

    /// <summary>The longest start of <paramref name="text"/> with this many tokens.</summary>
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens) => _counter.IndexOfTokenLimit(text, maxTokens, out _);

    private int CountHeading(string path) => _counter.CountTokens(path + "\n");

    private string? Shorten(string? path)
    {
        while (path is not null && CountHeading(path) > MaxTokens / 2)
        {
            int separator = path.IndexOf(HeadingPaths.Separator, StringComparison.Ordinal);
            if (separator < 0)
            {
                path = path[..IndexOfTokenLimit(path, MaxTokens / 4)].TrimEnd();
                break;
            }

            path = path[(separator + HeadingPaths.Separator.Length)..];
        }

        return string.IsNullOrEmpty(path) ? null : path;
    }
}
