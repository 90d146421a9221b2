namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>A string, found as it is.</summary>
internal sealed class LiteralPattern(string value) : TextPattern
{
    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        int index = text[from..].IndexOf(value, StringComparison.Ordinal);
        start = from + index;
        end = start + value.Length;
        return index >= 0;
    }
}
