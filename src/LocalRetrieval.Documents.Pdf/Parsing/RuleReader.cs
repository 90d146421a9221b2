using LocalRetrieval.Documents.Layout;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Finds the lines that are drawn across and upright, also as thin rectangles and as sides of wide ones.</summary>
internal static class RuleReader
{
    private const double MaxThickness = 2.5;
    private const double MinLength = 6;
    private const int MaxRules = 10_000;

    /// <summary>The lines of <paramref name="paths"/>, turned as text of <paramref name="direction"/> is.</summary>
    public static List<Rule> Read(IReadOnlyList<PdfPath> paths, int direction)
    {
        List<Rule> rules = [];
        foreach (PdfPath path in paths)
        {
            if (rules.Count > MaxRules)
            {
                return [];
            }

            if (path.IsStroked || path.IsFilled)
            {
                AddPath(path, direction, rules);
            }
        }

        return rules;
    }

    private static void AddPath(PdfPath path, int direction, List<Rule> rules)
    {
        foreach (PdfSubpath part in path)
        {
            if (part.Commands.Count > 12)
            {
                continue;
            }

            if (part.GetBoundingRectangle() is { } box && Math.Min(box.Width, box.Height) <= MaxThickness)
            {
                AddLine(box.Left, box.Bottom, box.Right, box.Top, direction, rules);
            }
            else if (path.IsStroked)
            {
                AddSides(part, direction, rules);
            }
        }
    }

    private static void AddSides(PdfSubpath part, int direction, List<Rule> rules)
    {
        if (part.GetDrawnRectangle() is { } box)
        {
            AddLine(box.Left, box.Bottom, box.Right, box.Bottom, direction, rules);
            AddLine(box.Left, box.Top, box.Right, box.Top, direction, rules);
            AddLine(box.Left, box.Bottom, box.Left, box.Top, direction, rules);
            AddLine(box.Right, box.Bottom, box.Right, box.Top, direction, rules);
            return;
        }

        foreach (PdfSubpath.Line line in part.Commands.OfType<PdfSubpath.Line>())
        {
            AddLine(line.From.X, line.From.Y, line.To.X, line.To.Y, direction, rules);
        }
    }

    private static void AddLine(double fromX, double fromY, double toX, double toY, int direction, List<Rule> rules)
    {
        (double x1, double y1) = Turning.Turn(fromX, fromY, direction);
        (double x2, double y2) = Turning.Turn(toX, toY, direction);
        double width = Math.Abs(x2 - x1), height = Math.Abs(y2 - y1);
        if (height <= MaxThickness && width >= MinLength)
        {
            rules.Add(new Rule(IsHorizontal: true, (y1 + y2) / 2, Math.Min(x1, x2), Math.Max(x1, x2)));
        }
        else if (width <= MaxThickness && height >= MinLength)
        {
            rules.Add(new Rule(IsHorizontal: false, (x1 + x2) / 2, Math.Min(y1, y2), Math.Max(y1, y2)));
        }
    }
}
