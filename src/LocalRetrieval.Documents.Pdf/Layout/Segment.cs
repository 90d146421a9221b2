namespace LocalRetrieval.Documents.Layout;

/// <summary>Signs on one baseline without a wide gap: a line of a column, a cell, or a part of either.</summary>
internal sealed class Segment
{
    /// <summary>A segment of signs from left to right; at least one.</summary>
    public Segment(List<Glyph> glyphs)
    {
        Glyphs = glyphs;
        Measure();
    }

    /// <summary>A segment that stands for a table in the order of reading.</summary>
    public Segment(TableGrid table)
    {
        Glyphs = [];
        Table = table;
        (Left, Right, Baseline, Size) = (table.Left, table.Right, table.Top, 1);
    }

    public List<Glyph> Glyphs { get; }

    public TableGrid? Table { get; }

    public double Left { get; private set; }

    public double Right { get; private set; }

    public double Baseline { get; private set; }

    /// <summary>The size of its largest signs.</summary>
    public double Size { get; private set; }

    /// <summary>Takes in a small segment that is set above or below this one's baseline.</summary>
    public void Absorb(Segment small)
    {
        bool isRaised = small.Baseline > Baseline + (0.1 * Size);
        Glyphs.AddRange(small.Glyphs.Select(glyph => glyph with { IsRaised = isRaised, Baseline = Baseline }));
        Glyphs.Sort((first, second) => first.Left.CompareTo(second.Left));
        double baseline = Baseline;
        Measure();
        Baseline = baseline;
    }

    /// <summary>Measures the segment by its signs, also when they were changed.</summary>
    public void Measure()
    {
        Left = Glyphs[0].Left;
        Right = Glyphs.Max(glyph => glyph.Right);
        Size = Glyphs.Max(glyph => glyph.Size);
        Baseline = Glyphs[0].Baseline;
    }
}
