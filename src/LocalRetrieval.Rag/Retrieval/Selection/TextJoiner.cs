using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Puts the texts of passages that follow each other together as their source has them: what two of them share once, and between them what the source has there, as far as that can be told.</summary>
/// <remarks>
/// Chunks do not hold the white space between them, only its length is known: none, one line break or several, which are put there; a space between sentences.
/// Headings, which chunks do not hold either, are known by the heading path where the gap has room for them.
/// </remarks>
/// <param name="headingPath">The headings above all parts, which are not in the text; null for none.</param>
internal sealed class TextJoiner(string? headingPath)
{
    private readonly StringBuilder _text = new();
    private TextPart? _first;
    private TextPart _last;

    /// <summary>The length of the whole range in the source; null where that is not known.</summary>
    public int? Length { get; private set; }

    public void Append(TextPart part)
    {
        if (_first is not { } first)
        {
            AppendFirst(part);
            return;
        }

        string own = part.Text[part.LeadLength..];
        int? gap = part.Offset - _last.End;
        if (gap < 0 && SharedLength(part, own, -gap.Value) is { } shared)
        {
            _text.Append(own, shared, own.Length - shared);
        }
        else
        {
            _text.Append(Separator(gap, part)).Append(own);
        }

        Length = Math.Max(_last.End ?? 0, part.End ?? 0) - first.Offset is { } length && _last.End is not null && part.End is not null ? length : null;
        _last = part.End < _last.End ? part with { Offset = _last.Offset, Length = _last.Length } : part;
    }

    public override string ToString() => _text.ToString();

    private void AppendFirst(TextPart part)
    {
        foreach (string heading in NewHeadings(part, headingPath))
        {
            _text.Append(heading).Append("\n\n");
        }

        _text.Append(part.Text);
        (_first, _last, Length) = (part, part, part.Length);
    }

    /// <summary>How much of the start of a text stands at the end of what is there; null where nothing does.</summary>
    private int? SharedLength(TextPart part, string own, int overlap)
    {
        int most = Math.Min(Math.Min(own.Length, _text.Length), overlap);
        if (part.IsVerbatim && overlap <= own.Length && EndsWith(own.AsSpan(0, most)))
        {
            return most;
        }

        while (most > 0 && !EndsWith(own.AsSpan(0, most)))
        {
            most--;
        }

        return most > 0 ? most : null;
    }

    private bool EndsWith(ReadOnlySpan<char> end)
    {
        for (int index = 0; index < end.Length; index++)
        {
            if (_text[_text.Length - end.Length + index] != end[index])
            {
                return false;
            }
        }

        return true;
    }

    private string Separator(int? gap, TextPart part)
    {
        string newline = _last.Text.Contains("\r\n", StringComparison.Ordinal) || part.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string lead = part.Text[..part.LeadLength];
        if (gap == 0)
        {
            return "";
        }

        // A part of a row: between its cells, or within one.
        if (lead.EndsWith("| ", StringComparison.Ordinal))
        {
            return gap < 3 ? " " : " | ";
        }

        if (NewHeadings(part, _last.HeadingPath) is { Length: > 0 } headings && gap > headings.Sum(heading => heading.Length))
        {
            return $"{newline}{newline}{string.Join(newline + newline, headings)}{newline}{newline}";
        }

        return gap == 1 && SentenceBreak.IsBetween(_last.Text, part.Text) ? " "
            : gap <= newline.Length ? newline
            : newline + newline;
    }

    /// <summary>The headings above a part that are not above what comes before it.</summary>
    private static string[] NewHeadings(TextPart part, string? headingPath)
    {
        string[] path = part.HeadingPath?.Split(HeadingPaths.Separator) ?? [];
        string[] before = headingPath?.Split(HeadingPaths.Separator) ?? [];
        return path[path.Zip(before).TakeWhile(pair => pair.First == pair.Second).Count()..];
    }
}
