using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Layout;

/// <summary>A line of one column.</summary>
internal sealed class TextLine
{
    /// <summary>A line of segments from left to right; at least one.</summary>
    public TextLine(List<Segment> segments, int page, Column column)
    {
        Segments = segments;
        Page = page;
        Column = column;
        List<Glyph> glyphs = segments.Count == 1 ? segments[0].Glyphs : [.. segments.SelectMany(segment => segment.Glyphs)];
        Left = segments[0].Left;
        Right = segments.Max(segment => segment.Right);
        Baseline = segments[0].Baseline;
        int signs = 0, bold = 0, fixedPitch = 0;
        Dictionary<double, int> sizes = [];
        foreach (Glyph glyph in glyphs)
        {
            signs++;
            bold += glyph.Font.IsBold ? 1 : 0;
            fixedPitch += glyph.Font.IsFixedPitch ? 1 : 0;
            double size = Math.Round(glyph.Size * 2) / 2;
            sizes[size] = sizes.GetValueOrDefault(size) + 1;
        }

        Size = sizes.MaxBy(pair => pair.Value).Key;
        IsBold = bold >= 0.9 * signs;
        IsFixedPitch = fixedPitch >= 0.9 * signs;
        HeadingLevel = glyphs[0].HeadingLevel;
        StartsRaised = glyphs[0].IsRaised;
        Pitch = IsFixedPitch ? glyphs[0].Right - glyphs[0].Left : 0;
        FirstWordWidth = GlyphText.FirstWordWidth(glyphs);
        Text = GlyphText.Compose(glyphs, IsFixedPitch ? Pitch : 0);
        Signs = signs;
    }

    public List<Segment> Segments { get; }

    public int Page { get; }

    public Column Column { get; }

    public string Text { get; }

    public double Left { get; }

    public double Right { get; }

    public double Baseline { get; }

    /// <summary>The size of most of its signs, in half points.</summary>
    public double Size { get; }

    public int Signs { get; }

    public bool IsBold { get; }

    public bool IsFixedPitch { get; }

    /// <summary>The width of a sign of a line of fixed pitch.</summary>
    public double Pitch { get; }

    public double FirstWordWidth { get; }

    /// <summary>Whether it starts with a sign above its baseline, such as a footnote's mark.</summary>
    public bool StartsRaised { get; }

    /// <summary>The level that the document's tags give it; 0 for none.</summary>
    public int HeadingLevel { get; }

    /// <summary>Whether it is one of a footnote.</summary>
    public bool IsFootnote { get; set; }
}
