using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Structure;

/// <summary>What most of a document's text looks like.</summary>
/// <param name="Size">The size of most of its signs.</param>
/// <param name="IsBold">Whether most of them are bold.</param>
/// <param name="IsFixedPitch">Whether most of them are of fixed pitch, so that this does not tell code.</param>
internal readonly record struct BodyStyle(double Size, bool IsBold, bool IsFixedPitch)
{
    /// <summary>Measures the lines of a document.</summary>
    public static BodyStyle Of(List<PageItem> items)
    {
        Dictionary<double, int> sizes = [];
        int signs = 0, bold = 0, fixedPitch = 0;
        foreach (TextLine line in items.Where(item => item.Line is not null).Select(item => item.Line!))
        {
            signs += line.Signs;
            bold += line.IsBold ? line.Signs : 0;
            fixedPitch += line.IsFixedPitch ? line.Signs : 0;
            if (!line.IsFixedPitch)
            {
                sizes[line.Size] = sizes.GetValueOrDefault(line.Size) + line.Signs;
            }
        }

        double size = sizes.Count > 0 ? sizes.MaxBy(pair => pair.Value).Key : items.FirstOrDefault(item => item.Line is not null).Line?.Size ?? 10;
        return new BodyStyle(size, 2 * bold > signs, 10 * fixedPitch > 6 * signs);
    }
}
