namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// Rewrites a text as the reference's "transform" does: each new character comes with a change, by which its origin is found.
/// </summary>
/// <remarks>
/// A change of 0 replaces the next character of the text, a change of -n also drops the n characters after it, and a positive one
/// adds a character that has the origin of what lies before it.
/// </remarks>
/// <param name="text">The text.</param>
/// <param name="dropped">How many characters at the beginning of the text are dropped.</param>
internal ref struct Transformation(NormalizedText text, int dropped = 0)
{
    private int _position = Advance(text, 0, dropped);

    /// <summary>Appends a character.</summary>
    public void Append(int codePoint, int change)
    {
        if (change > 0)
        {
            text.Append(codePoint, Math.Max(0, _position - 1));
            return;
        }

        text.Append(codePoint, Math.Min(_position, text.Length - 1));
        _position = Advance(text, _position, 1 - change);
    }

    private static int Advance(NormalizedText text, int position, int characters)
    {
        for (; characters > 0 && position < text.Length; characters--)
        {
            position = text.NextCodePoint(position, out _);
        }

        return position;
    }
}
