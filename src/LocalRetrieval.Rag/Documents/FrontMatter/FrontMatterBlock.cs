using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Where front matter stands: between two lines of the same mark, or as a JSON object.</summary>
/// <param name="Format">What it is written in.</param>
/// <param name="Content">What is parsed.</param>
/// <param name="Lines">All of its lines, the marks and the last line's end included.</param>
internal readonly partial record struct FrontMatterBlock(FrontMatterFormat Format, TextRange Content, TextRange Lines)
{
    /// <summary>Finds it at <paramref name="start"/>; null where a document starts otherwise.</summary>
    /// <remarks>That of JSON ends where it is parsed to.</remarks>
    public static FrontMatterBlock? Find(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start);
        return rest.StartsWith("---") ? Between(text, start, FrontMatterFormat.Yaml)
            : rest.StartsWith("+++") ? Between(text, start, FrontMatterFormat.Toml)
            : rest.StartsWith('{') && rest[1..].TrimStart() is ['"' or '}', ..] ? new(FrontMatterFormat.Json, new TextRange(start, text.Length), new TextRange(start, start))
            : null;
    }

    /// <summary>Whether its content looks as if it were meant as front matter: a line starts with a name and the mark behind it, or all are comments.</summary>
    /// <remarks>A blank line right behind a rule is what documents have that start with one, so names that are known are asked for there.</remarks>
    public bool LooksMeant(string text)
    {
        ReadOnlySpan<char> content = Content.Of(text);
        bool isBlankFirst = content[..LineEnd(content)].IsWhiteSpace();
        return isBlankFirst ? KnownName().IsMatch(content) : AnyName().IsMatch(content) || Comments().IsMatch(content);
    }

    private static FrontMatterBlock? Between(string text, int start, FrontMatterFormat format)
    {
        ReadOnlySpan<char> mark = text.AsSpan(start, 3);
        int content = TextLines.NextLine(text, start);
        if (!text.AsSpan(start + 3, content - start - 3).IsWhiteSpace())
        {
            return null;
        }

        for (int line = content; line < text.Length;)
        {
            int next = TextLines.NextLine(text, line);
            ReadOnlySpan<char> current = text.AsSpan(line, next - line).TrimEnd();
            if (current.SequenceEqual(mark) || (format == FrontMatterFormat.Yaml && current is "..."))
            {
                return new FrontMatterBlock(format, new TextRange(content, line), new TextRange(start, next));
            }

            line = next;
        }

        return null;
    }

    private static int LineEnd(ReadOnlySpan<char> text) => text.IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length;

    [GeneratedRegex("""\A(?>(?:[ \t]*#[^\r\n]*|[ \t]+)?(?:\r\n?|\n))*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Comments();

    [GeneratedRegex("""^[ \t{]*["']?[\w-][\w .-]{0,63}["']?[ \t]*[:=]""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex AnyName();

    [GeneratedRegex(
        """^["']?(title|description|summary|date|tags|categories|keywords|layout|author|authors|lang|slug|weight|draft|id)["']?[ \t]*[:=]""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex KnownName();
}
