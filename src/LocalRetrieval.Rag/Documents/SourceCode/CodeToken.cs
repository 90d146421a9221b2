namespace LocalRetrieval.Rag;

/// <summary>A piece of source code, as far as its structure depends on it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="IsFirst">Whether a line break stands between it and the token before.</param>
internal readonly record struct CodeToken(CodeTokenKind Kind, int Start, int End, bool IsFirst)
{
    public int Length => End - Start;

    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Length);

    /// <summary>Whether it is this mark.</summary>
    public bool Is(string text, char mark) => Kind == CodeTokenKind.Mark && text[Start] == mark;
}
