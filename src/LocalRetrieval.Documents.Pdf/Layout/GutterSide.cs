using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Layout;

/// <summary>What stands on one side of a white strip, line by line.</summary>
internal sealed class GutterSide
{
    private readonly List<(double Baseline, double Left, double Right)> _lines = [];
    private int _items;
    private int _leaders;
    private int _fixedPitch;

    public double Left { get; private set; } = double.MaxValue;

    public double Right { get; private set; } = double.MinValue;

    public double Width => Right - Left;

    public int Lines => _lines.Count;

    /// <summary>Whether its lines are items of a list.</summary>
    public bool IsList => _items >= 2 && 4 * _items >= Lines;

    /// <summary>Whether its lines are dots that lead to a page's number.</summary>
    public bool IsLeaders => 2 * _leaders > Lines;

    /// <summary>Whether its lines are code, whose columns of blanks part no columns of text.</summary>
    public bool IsFixedPitch => 10 * _fixedPitch > 8 * Lines;

    /// <summary>Adds a segment that is not above the ones before.</summary>
    public void Add(Segment segment)
    {
        Left = Math.Min(Left, segment.Left);
        Right = Math.Max(Right, segment.Right);
        if (_lines.Count > 0 && _lines[^1].Baseline - segment.Baseline < 0.25 * segment.Size)
        {
            (double baseline, double left, double right) = _lines[^1];
            _lines[^1] = (baseline, Math.Min(left, segment.Left), Math.Max(right, segment.Right));
            return;
        }

        _lines.Add((segment.Baseline, segment.Left, segment.Right));
        if (segment.Glyphs.Count > 0)
        {
            _items += ListMarker.IsBullet(segment.Glyphs[0].Text) ? 1 : 0;
            _leaders += segment.Glyphs[0].Text is "." or "…" ? 1 : 0;
            _fixedPitch += segment.Glyphs[0].Font.IsFixedPitch ? 1 : 0;
        }
    }

    /// <summary>How many lines of the side with fewer stand beside one of the other.</summary>
    public int CountOnLinesOf(GutterSide other, double tolerance)
    {
        int count = 0;
        for (int mine = 0, theirs = 0; mine < _lines.Count && theirs < other._lines.Count;)
        {
            double difference = _lines[mine].Baseline - other._lines[theirs].Baseline;
            if (Math.Abs(difference) <= tolerance)
            {
                count++;
                mine++;
                theirs++;
            }
            else if (difference > 0)
            {
                mine++;
            }
            else
            {
                theirs++;
            }
        }

        return count;
    }

    /// <summary>Whether most lines are long and fill the side, as those of a paragraph do and those of a table's column do not.</summary>
    public bool IsProse(double size)
    {
        double[] widths = [.. _lines.Select(line => line.Right - line.Left).Order()];
        double middle = widths[widths.Length / 2];
        return middle >= 9 * size && middle >= 0.7 * Width;
    }
}
