using System.Text;
using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Structure;

/// <summary>The text of lines of code: with their indentation, and blank lines where the lines stand apart.</summary>
internal static class CodeText
{
    private const int MaxIndent = 120;

    /// <summary>The text of <paramref name="lines"/>.</summary>
    public static string Of(List<TextLine> lines)
    {
        StringBuilder text = new();
        double left = lines.Min(line => line.Left);
        for (int index = 0; index < lines.Count; index++)
        {
            TextLine line = lines[index];
            if (index > 0)
            {
                double step = lines[index - 1].Baseline - line.Baseline;
                text.Append(lines[index - 1].Column == line.Column && step > 1.7 * line.Column.Leading ? "\n\n" : "\n");
            }

            int indent = line.Pitch > 0 ? (int)Math.Round((line.Left - left) / line.Pitch) : 0;
            text.Append(' ', Math.Clamp(indent, 0, MaxIndent)).Append(line.Text.Replace("\u00AD", "-", StringComparison.Ordinal));
        }

        return text.ToString();
    }
}
