namespace LocalRetrieval.Rag;

/// <summary>Compares texts but for case and the length and kind of white space, without copies of them.</summary>
internal sealed class LooseTextComparer : IEqualityComparer<string>
{
    /// <summary>Of the end, since passages of one document start alike, with their heading path.</summary>
    private const int HashedLength = 64;

    public static LooseTextComparer Instance { get; } = new();

    public bool Equals(string? x, string? y)
    {
        ReadOnlySpan<char> left = x.AsSpan().Trim();
        ReadOnlySpan<char> right = y.AsSpan().Trim();
        int at = 0;
        int other = 0;
        while (at < left.Length && other < right.Length)
        {
            bool isBlank = char.IsWhiteSpace(left[at]);
            if (isBlank != char.IsWhiteSpace(right[other]) || (!isBlank && char.ToUpperInvariant(left[at]) != char.ToUpperInvariant(right[other])))
            {
                return false;
            }

            (at, other) = isBlank ? (BehindBlanks(left, at), BehindBlanks(right, other)) : (at + 1, other + 1);
        }

        return at == left.Length && other == right.Length;
    }

    public int GetHashCode(string obj)
    {
        HashCode hash = default;
        int hashed = 0;
        for (int index = obj.Length - 1; index >= 0 && hashed < HashedLength; index--)
        {
            if (!char.IsWhiteSpace(obj[index]))
            {
                hash.Add(char.ToUpperInvariant(obj[index]));
                hashed++;
            }
        }

        return hash.ToHashCode();
    }

    private static int BehindBlanks(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        return index;
    }
}
