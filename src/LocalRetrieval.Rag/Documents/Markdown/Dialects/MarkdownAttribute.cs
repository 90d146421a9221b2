using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>The attribute by which kramdown and MkDocs read what stands in an element as Markdown.</summary>
internal static partial class MarkdownAttribute
{
    private const int MaxLength = 1024;

    /// <summary>Whether a line starts with the tag of a block that has it.</summary>
    public static bool IsIn(ReadOnlySpan<char> line)
    {
        line = line[..Math.Min(MaxLength, line.Length)];
        return line.Contains(" markdown", StringComparison.Ordinal) && line is ['<', not '/', ..] && HtmlBlocks.IsBlock(line, isInParagraph: true) && Tag().IsMatch(line);
    }

    [GeneratedRegex("""^<[^<>]*[ ]markdown(?:=["']?(?:1|block|span)["']?)?(?=[ >])[^<>]*>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
