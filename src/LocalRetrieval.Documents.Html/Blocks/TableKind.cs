using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Tells tables of data from those that lay out a page or number a piece of code's lines.</summary>
internal static class TableKind
{
    private const int LongestCell = 600;

    /// <summary>The rows of a table's own, in the order in which they are shown.</summary>
    public static IReadOnlyList<IElement> Rows(IElement table, PageNoise noise)
    {
        List<IElement> head = [];
        List<IElement> body = [];
        List<IElement> foot = [];
        foreach (IElement child in table.Children)
        {
            List<IElement> part = child.LocalName == "thead" ? head : child.LocalName == "tfoot" ? foot : body;
            IEnumerable<IElement> rows = child.LocalName == "tr" ? [child]
                : child.LocalName is "thead" or "tbody" or "tfoot" && !noise.Contains(child) ? child.Children.Where(row => row.LocalName == "tr")
                : [];
            part.AddRange(rows.Where(row => !noise.Contains(row)));
        }

        return [.. head, .. body, .. foot];
    }

    /// <summary>Whether a table is data: it names its columns, or its rows and columns hold short texts.</summary>
    public static bool IsData(IElement table, IReadOnlyList<IElement> rows, TextSizes sizes)
    {
        if (HtmlNames.HasRole(table, "presentation") || HtmlNames.HasRole(table, "none") || rows.Count == 0)
        {
            return false;
        }

        bool hasNames = table.Children.Any(child => child.LocalName is "thead" or "caption") || rows.Any(row => row.Children.Any(cell => cell.LocalName == "th"));
        int columns = rows.Max(row => row.ChildElementCount);
        bool hasLayout = rows.Any(row => row.Children.Any(cell => sizes.Text(cell) > (hasNames ? 10 * LongestCell : LongestCell) || HoldsLayout(cell, hasNames)));
        return !hasLayout && (hasNames || (rows.Count > 1 && columns > 1));
    }

    /// <summary>Whether a cell holds what only a page has: tables, headings, code, or long lists.</summary>
    private static bool HoldsLayout(IElement element, bool hasNames) =>
        element.Children.Any(child =>
            child.LocalName is "table" or "article" or "section" or "main" or "form" or "nav" or "h1" or "h2"
                || (!hasNames && child.LocalName is "h3" or "h4" or "hr" or "dl" or "blockquote" or "pre")
                || HoldsLayout(child, hasNames));
}
