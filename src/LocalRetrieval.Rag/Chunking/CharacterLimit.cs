namespace LocalRetrieval.Rag;

/// <summary>The most characters that go with a number of tokens.</summary>
/// <remarks>
/// A token of running text is 4 to 6 characters, and of German, code or tables seldom above 8. Only what a model cannot read reaches 16:
/// a tokenizer of words takes one that it does not know as one token, however long it is, and blanks as none.
/// </remarks>
internal static class CharacterLimit
{
    public const int PerToken = 16;

    /// <summary>The most UTF-16 units of <paramref name="tokens"/> tokens.</summary>
    public static int Of(int tokens) => (int)Math.Min(int.MaxValue, (long)tokens * PerToken);

    /// <summary>The length of the longest start of at most <paramref name="length"/> units that parts no surrogate pair.</summary>
    public static int Cut(ReadOnlySpan<char> text, int length) =>
        length >= text.Length ? text.Length
        : length > 0 && char.IsSurrogatePair(text[length - 1], text[length]) ? length - 1
        : length;
}
