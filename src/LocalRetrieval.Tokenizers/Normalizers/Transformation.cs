namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// Rewrites a text as the reference's "transform" does: each new character comes with a change, by which its origin is found.
/// </summary>
/// <remarks>
/// A change of 0 replaces the next character of the text, a change of -n also drops the n characters after it, and a positive one
/// adds a character that has the origin of what lies before it.
/// </remarks>
/// <param name="text">The text.</param>
/// <param name="start">Where the next character of the text is.</param>
internal ref struct Transformation(NormalizedText text, int start)
{
    private int _position = start;

    /// <summary>Appends a character.</summary>
    public void Append(int codePoint, int change)
    {
        if (change > 0)
        {
            text.Append(codePoint, Math.Max(0, _position - 1));
            return;
        }

        text.Append(codePoint, Math.Min(_position, text.Length - 1));
        for (int characters = 1 - change; characters > 0 && _position < text.Length; characters--)
        {
            _position = text.NextCodePoint(_position, out _);
        }
    }

    /// <summary>Appends a range as it is, where it is what comes next.</summary>
    /// <returns>Whether it is.</returns>
    public bool TryKeep(int start, int end)
    {
        if (start != _position)
        {
            return false;
        }

        text.AppendRange(start, end);
        _position = end;
        return true;
    }
}
