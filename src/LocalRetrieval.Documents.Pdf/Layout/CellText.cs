using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Layout;

/// <summary>The text of a cell, whose lines are joined.</summary>
internal static class CellText
{
    /// <summary>The text of the segments of one cell, in any order.</summary>
    public static string Join(List<Segment> segments)
    {
        string text = "";
        foreach (Segment segment in segments.OrderByDescending(segment => segment.Baseline).ThenBy(segment => segment.Left))
        {
            text = Append(text, GlyphText.Compose(segment.Glyphs));
        }

        return text.Trim();
    }

    /// <summary>The cell's text with a further line.</summary>
    public static string Append(string text, string line) =>
        text.Length == 0 || Scripts.JoinsWithoutSpace(text, line) ? text + line : text + " " + line;
}
