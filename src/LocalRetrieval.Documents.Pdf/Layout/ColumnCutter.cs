namespace LocalRetrieval.Documents.Layout;

/// <summary>Cuts a page into columns, in the order they are read: what spans columns before and after them, and of columns the left one first.</summary>
internal static class ColumnCutter
{
    private const int MaxDepth = 24;

    // Beyond, the page is a drawing whose signs have no columns.
    private const int MaxSegments = 20_000;

    /// <summary>The columns of <paramref name="segments"/>, which are sorted from top to bottom.</summary>
    public static List<List<Segment>> Cut(List<Segment> segments)
    {
        List<List<Segment>> columns = [];
        Cut(segments, columns, segments.Count > MaxSegments ? MaxDepth : 0);
        return columns;
    }

    private static void Cut(List<Segment> segments, List<List<Segment>> columns, int depth)
    {
        if (segments.Count == 0)
        {
            return;
        }

        if (depth >= MaxDepth || Gutter.Find(segments) is not { } gutter)
        {
            columns.Add(segments);
            return;
        }

        List<Segment> above = segments[..gutter.Start];
        List<Segment> band = segments[gutter.Start..gutter.End];
        List<Segment> below = segments[gutter.End..];
        Cut(above, columns, depth + 1);
        Cut(band.FindAll(segment => segment.Left < gutter.X), columns, depth + 1);
        Cut(band.FindAll(segment => segment.Left >= gutter.X), columns, depth + 1);
        Cut(below, columns, depth + 1);
    }
}
