using System.Globalization;

namespace LocalRetrieval.SemanticKernel;

/// <summary>A part of a source that keeps to a number of tokens, with how to go on.</summary>
internal static class SourcePart
{
    public static string Write(SourceText source, int offset, int maxTokens, ITokenCounter counter)
    {
        string rest = source.Text[offset..];
        int length = counter.IndexOfTokenLimit(rest, maxTokens, out _);
        int end = offset + Whole(rest, length);
        string more = end < source.Text.Length
            ? string.Create(CultureInfo.InvariantCulture, $"\n[It goes on: call get_source with offset {end}; its length is {source.Text.Length}.]")
            : "";
        return $"{source.Title ?? source.Source}\n\n{source.Text[offset..end]}{more}";
    }

    /// <summary>At least one character, and none is cut in two.</summary>
    private static int Whole(string text, int length)
    {
        int whole = Math.Clamp(length, 1, text.Length);
        return whole < text.Length && char.IsHighSurrogate(text[whole - 1]) ? whole + 1 : whole;
    }
}
