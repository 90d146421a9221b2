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

    /// <summary>The tokens that the text of a chunk may have behind <paramref name="lead"/>.</summary>
    public int RoomFor(ChunkLead? lead) => MaxTokens - HeadingTokens - (lead?.Tokens ?? 0);

    /// <summary>The UTF-16 units that the text of a chunk may have behind <paramref name="lead"/>.</summary>
    public int LengthFor(ChunkLead? lead) => Math.Max(2, MaxTextLength - (lead?.Length ?? 0));

    /// <summary>The tokens of a text by itself.</summary>
    public int CountAlone(ReadOnlySpan<char> text) => _counter.CountTokens(text);

    /// <summary>The tokens of a chunk with this text, its heading path and what is put before it included.</summary>
    public int Count(ChunkLead? lead, ReadOnlySpan<char> text) => (lead?.HeadingPath ?? HeadingPath, lead) switch
    {
        (null, null) => _counter.CountTokens(text),
        (null, _) => _counter.CountTokens(string.Concat(lead.Text, text)),
        (var path, _) => _counter.CountTokens(string.Concat(path, "\n", lead?.Text, text)),
    };

    /// <summary>Whether a chunk may have this text; <paramref name="tokens"/> are counted only where its length allows it.</summary>
    public bool Fits(ChunkLead? lead, ReadOnlySpan<char> text, out int tokens)
    {
        tokens = text.Length <= LengthFor(lead) ? Count(lead, text) : int.MaxValue;
        return tokens <= MaxTokens;
    }

    /// <summary>Whether a chunk may have this text, counted by itself unless that is near the limit.</summary>
    /// <param name="lead">What is put before it.</param>
    /// <param name="text">The text.</param>
    /// <param name="tokens">The tokens of the text by itself, where the answer is yes.</param>
    public bool IsWithin(ChunkLead? lead, ReadOnlySpan<char> text, out int tokens)
    {
        tokens = int.MaxValue;
        if (text.Length > LengthFor(lead))
        {
            return false;
        }

        tokens = CountAlone(text);
        int room = RoomFor(lead);
        int seam = Math.Max(8, room / 8);
        return tokens <= room - seam || (tokens <= room + seam && Count(lead, text) <= MaxTokens);
    }

    /// <summary>What a chunk has before it that stands under a longer heading path than its section, shortened as that is; null where it stands under no other.</summary>
    public ChunkLead? LeadUnder(string path) => Shorten(path) is { } shortened && shortened != HeadingPath
        ? new ChunkLead("", CountHeading(shortened) - HeadingTokens) { HeadingPath = shortened, Length = shortened.Length - (HeadingPath?.Length ?? -1) }
        : null;

    /// <summary>The longest start of <paramref name="text"/> with this many tokens.</summary>
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens) => _counter.IndexOfTokenLimit(text, maxTokens, out _);

    private int CountHeading(string path) => _counter.CountTokens(path + "\n");

    private bool FitsHeading(string path) =>
        path.Length < CharacterLimit.Of(MaxTokens) / 2 && CountHeading(path) <= MaxTokens / 2;

    /// <summary>Leaves out as few of the outermost headings as must be; where not even the innermost fits, its start.</summary>
    private string? Shorten(string? path)
    {
        if (string.IsNullOrEmpty(path) || FitsHeading(path))
        {
            return string.IsNullOrEmpty(path) ? null : path;
        }

        // A search in halves: a hostile document has as many headings in its path as the path has room for.
        List<int> starts = HeadingStarts(path);
        int low = 0;
        int high = starts.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = FitsHeading(path[starts[middle]..]) ? (low, middle) : (middle + 1, high);
        }

        string shortened = low < starts.Count ? path[starts[low]..] : StartOf(path.AsSpan(starts.Count == 0 ? 0 : starts[^1]));
        return shortened.Length == 0 ? null : shortened;
    }

    private string StartOf(ReadOnlySpan<char> heading)
    {
        ReadOnlySpan<char> start = heading[..CharacterLimit.Cut(heading, CharacterLimit.Of(MaxTokens) / 4)];
        return start[..IndexOfTokenLimit(start, MaxTokens / 4)].TrimEnd().ToString();
    }

    /// <summary>Where the headings behind the first start.</summary>
    private static List<int> HeadingStarts(string path)
    {
        List<int> starts = [];
        for (int start = 0; path.IndexOf(HeadingPaths.Separator, start, StringComparison.Ordinal) is var separator and >= 0;)
        {
            start = separator + HeadingPaths.Separator.Length;
            starts.Add(start);
        }

        return starts;
    }
}
