using System.Text.RegularExpressions;
using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Tells footnotes: small lines at the end of a page's column, the first of them with a mark.</summary>
internal static partial class Footnotes
{
    private const double MostOfBody = 0.93;

    /// <summary>Marks the lines of footnotes.</summary>
    public static void Mark(List<PageItem> items, double bodySize)
    {
        foreach (IGrouping<Column, TextLine> column in items.Where(item => item.Line is { Column.IsUpright: true }).Select(item => item.Line!).GroupBy(line => line.Column))
        {
            TextLine[] lines = [.. column];
            int start = lines.Length;
            while (start > 0 && lines[start - 1].Size <= MostOfBody * bodySize)
            {
                start--;
            }

            int first = Array.FindIndex(lines, start, IsMarked);
            for (int index = first < 0 ? lines.Length : first; index < lines.Length; index++)
            {
                lines[index].IsFootnote = true;
            }
        }
    }

    /// <summary>Whether a line starts a footnote.</summary>
    public static bool IsMarked(TextLine line) => line.StartsRaised || Marks().IsMatch(line.Text);

    [GeneratedRegex(@"^(\d{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[*†‡§¶]{1,3})\s?[^\s\d.,)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
