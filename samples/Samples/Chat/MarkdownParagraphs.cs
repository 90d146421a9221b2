using System.Text.RegularExpressions;

namespace Samples.Chat;

/// <summary>The prose of a Markdown text: paragraphs and list items, without their markers and with line wraps as spaces.</summary>
/// <remarks>Code blocks, tables, headings, link definitions and comments are left out: they are nothing to quote a sentence from.</remarks>
internal sealed partial class MarkdownParagraphs
{
    private readonly List<string> _paragraphs = [];
    private readonly List<string> _open = [];
    private bool _inCode;
    private bool _inList;
    private bool _afterBlank = true;

    private MarkdownParagraphs(bool inCode) => _inCode = inCode;

    /// <summary>The paragraphs in their order.</summary>
    public static List<string> Of(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        MarkdownParagraphs reader = new(StartsInCode(lines));
        foreach (string line in lines)
        {
            reader.Read(QuoteMarkerRegex().Replace(line, "").TrimEnd());
        }

        reader.Close();
        return reader._paragraphs;
    }

    /// <summary>For each line whether it is of a fenced code block, the fences included.</summary>
    public static bool[] Fenced(string[] lines)
    {
        bool inside = StartsInCode(lines);
        bool[] fenced = new bool[lines.Length];
        for (int index = 0; index < lines.Length; index++)
        {
            bool isFence = IsFence(lines[index]);
            fenced[index] = inside || isFence;
            inside ^= isFence;
        }

        return fenced;
    }

    /// <summary>Whether a line opens or closes a code block.</summary>
    public static bool IsFence(string line) => FenceRegex().IsMatch(line);

    /// <summary>
    /// Whether a passage was cut from within a code block: the fences are odd, and the first has no language, as one that closes.
    /// </summary>
    private static bool StartsInCode(string[] lines)
    {
        List<string> fences = [.. lines.Where(line => FenceRegex().IsMatch(line))];
        return fences.Count % 2 == 1 && fences[0].Trim().All(character => character is '`' or '~');
    }

    private void Read(string line)
    {
        if (SkipsCode(line) || line.Length == 0 || NoProseRegex().IsMatch(line))
        {
            Close();
        }
        else if (UnderlineRegex().IsMatch(line))
        {
            // What it underlines is a heading.
            _open.Clear();
        }
        else
        {
            Add(line);
        }
    }

    /// <summary>Whether the line belongs to a code block, which may be fenced, or indented after a blank line outside of a list.</summary>
    private bool SkipsCode(string line)
    {
        bool isFence = FenceRegex().IsMatch(line);
        bool isCode = isFence || _inCode || (_afterBlank && !_inList && IndentRegex().IsMatch(line));
        _inCode ^= isFence;
        _afterBlank = line.Length == 0 || (_afterBlank && isCode && !isFence);
        return isCode;
    }

    private void Add(string line)
    {
        Match marker = ListMarkerRegex().Match(line);
        _inList = marker.Success || (_inList && (_open.Count > 0 || char.IsWhiteSpace(line[0])));
        if (marker.Success)
        {
            Close();
        }

        _open.Add(line[marker.Length..].Trim());
    }

    private void Close()
    {
        if (_open.Count > 0)
        {
            _paragraphs.Add(string.Join(' ', _open));
            _open.Clear();
        }
    }

    [GeneratedRegex(@"^(?:\s{0,3}>\s?)+")]
    private static partial Regex QuoteMarkerRegex();

    [GeneratedRegex(@"^\s*(?:```|~~~)")]
    private static partial Regex FenceRegex();

    [GeneratedRegex(@"^(?: {4}|\t)")]
    private static partial Regex IndentRegex();

    /// <summary>A heading, a row of a table, a link definition, a thematic break or a comment.</summary>
    [GeneratedRegex(@"^\s*(?:#{1,6}(?:\s|$)|\||\[[^\]]+\]:\s|(?:\*\s*){3,}$|(?:_\s*){3,}$|<!--)")]
    private static partial Regex NoProseRegex();

    [GeneratedRegex(@"^\s{0,3}(?:=+|-+|(?:-\s+){2,}-)$")]
    private static partial Regex UnderlineRegex();

    [GeneratedRegex(@"^\s*(?:[-*+]|[0-9]{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")]
    private static partial Regex ListMarkerRegex();
}
