using System.Buffers;

namespace LocalRetrieval.Tokenizers;

/// <summary>A text without lone surrogates: the caller's own, or a copy in a rented buffer, which Dispose gives back.</summary>
internal readonly ref struct WellFormedText
{
    private readonly char[]? _rented;

    /// <param name="text">A text without lone surrogates.</param>
    public WellFormedText(ReadOnlySpan<char> text) => Chars = text;

    /// <param name="text">A text that has a lone surrogate.</param>
    /// <param name="lone">Where the first one is.</param>
    public WellFormedText(ReadOnlySpan<char> text, int lone)
    {
        _rented = ArrayPool<char>.Shared.Rent(text.Length);
        Span<char> copy = _rented.AsSpan(0, text.Length);
        text.CopyTo(copy);
        for (int next = 0; next >= 0; lone += 1 + next)
        {
            copy[lone] = '\uFFFD';
            next = Tokenizer.IndexOfLoneSurrogate(copy[(lone + 1)..]);
        }

        Chars = copy;
    }

    public ReadOnlySpan<char> Chars { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented);
        }
    }
}
