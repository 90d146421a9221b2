namespace LocalRetrieval.Documents.Layout;

/// <summary>What the lines of a column have in common.</summary>
internal sealed class Column
{
    public double Left { get; private set; }

    /// <summary>Where full lines end.</summary>
    public double Right { get; private set; }

    /// <summary>How far lines of a paragraph stand apart.</summary>
    public double Leading { get; private set; }

    /// <summary>Whether text runs across the page as most of it does.</summary>
    public required bool IsUpright { get; init; }

    /// <summary>Measures the column by its lines, from top to bottom.</summary>
    public void Measure(List<TextLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        Left = Percentile([.. lines.Select(line => line.Left)], 0.05);
        Right = Percentile([.. lines.Select(line => line.Right)], 0.9);
        List<double> steps = [];
        for (int index = 1; index < lines.Count; index++)
        {
            double step = lines[index - 1].Baseline - lines[index].Baseline;
            if (step > 0 && step < 2.5 * lines[index].Size)
            {
                steps.Add(step);
            }
        }

        Leading = steps.Count == 0 ? 1.2 * lines[0].Size : Percentile(steps, 0.4);
    }

    private static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values[(int)Math.Round(share * (values.Count - 1))];
    }
}
