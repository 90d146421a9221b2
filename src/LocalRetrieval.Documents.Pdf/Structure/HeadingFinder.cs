using System.Text.RegularExpressions;
using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Tells lines of headings: by the outline and tags of the document, and by their size and weight.</summary>
internal sealed partial class HeadingFinder
{
    private const int MaxLength = 200;
    private const int MinTags = 2;

    private readonly BodyStyle _body;
    private readonly OutlineTitles _outline;
    private readonly bool _isTagged;

    public HeadingFinder(List<PageItem> items, BodyStyle body, OutlineTitles outline)
    {
        _body = body;
        _outline = outline;
        _isTagged = items.Count(item => item.Line is { HeadingLevel: > 0 }) >= MinTags;
    }

    /// <summary>Whether a line is one of a heading.</summary>
    /// <param name="line">The line.</param>
    /// <param name="previous">The one above it in its column; null for none.</param>
    public bool IsHeading(TextLine line, TextLine? previous)
    {
        if (line.HeadingLevel > 0)
        {
            return true;
        }

        if (line.Text.Length > MaxLength || line.Text.Count(char.IsLetter) < 2 || Leaders.IsLine(line.Text))
        {
            return false;
        }

        if (_outline.Find(line.Text, line.Page) is not null)
        {
            return line.Size >= _body.Size || line.IsBold;
        }

        return line.Column.IsUpright && !(line.IsFixedPitch && !_body.IsFixedPitch) && (IsLarge(line) || (!_isTagged && IsBoldHeading(line, previous)));
    }

    /// <summary>Whether the document itself names a line a heading, by its outline or tags.</summary>
    public bool IsNamed(TextLine line) => line.HeadingLevel > 0 || _outline.Find(line.Text, line.Page) is not null;

    /// <summary>Whether lines that follow each other are one heading.</summary>
    public bool GoOn(TextLine previous, TextLine line) =>
        _outline.Find(line.Text, line.Page) is null && previous.Page == line.Page && previous.Column == line.Column && previous.Size == line.Size && previous.IsBold == line.IsBold
        && previous.HeadingLevel == line.HeadingLevel && previous.Baseline - line.Baseline < 1.7 * line.Size && !NumberedTitle().IsMatch(line.Text);

    /// <summary>How deep the number before a title is: 2 for <c>1.2 Title</c>; 0 where there is none.</summary>
    public static int DepthOfNumber(string title)
    {
        Match match = NumberedTitle().Match(title);
        return match.Success ? match.Groups[1].Value.TrimEnd('.').Count(sign => sign == '.') + 1 : 0;
    }

    private bool IsLarge(TextLine line) => line.Size >= Math.Max(1.12 * _body.Size, _body.Size + 1) && Words().IsMatch(line.Text);

    private bool IsBoldHeading(TextLine line, TextLine? previous)
    {
        if (!line.IsBold || _body.IsBold || line.Size < 0.95 * _body.Size || !Words().IsMatch(line.Text) || line.Text[^1] is '.' or ',' or ';' or ':' or '。' or '：')
        {
            return false;
        }

        bool isApart = previous is null || previous.Baseline - line.Baseline > 1.25 * line.Column.Leading || previous.IsBold;
        bool isShort = line.Right - line.Left < 0.9 * (line.Column.Right - line.Column.Left) || line.Text.Length < 60;
        return isShort && (isApart || NumberedTitle().IsMatch(line.Text)) && ListMarker.Find(line.Text) is null or { Number: not null };
    }

    [GeneratedRegex(@"^((?:[0-9]{1,3}|[A-Z])(?:\.[0-9]{1,3})*)\.?\s+\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedTitle();

    [GeneratedRegex(@"\p{L}{3}|[\u3040-\u9fff\uac00-\ud7af]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
