namespace LocalRetrieval.Rag;

/// <summary>A text as its reader sees it, and where the places of the source are in it.</summary>
internal sealed class RenderedDocument
{
    private readonly List<SourceEdit> _edits;
    private readonly int[] _starts;

    private RenderedDocument(string text, TextMap? map, List<SourceEdit> edits, int[] starts)
    {
        Text = text;
        Map = map;
        _edits = edits;
        _starts = starts;
    }

    public string Text { get; }

    /// <summary>Where the text stands in the source; null where both are the same.</summary>
    public TextMap? Map { get; }

    /// <param name="source">The source.</param>
    /// <param name="edits">Edits in order, which do not overlap.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static RenderedDocument Create(string source, List<SourceEdit> edits, CancellationToken cancellationToken)
    {
        if (edits.Count == 0)
        {
            return new RenderedDocument(source, map: null, edits, []);
        }

        RenderedText rendered = new(source);
        int[] starts = new int[edits.Count];
        int end = 0;
        for (int index = 0; index < edits.Count; index++)
        {
            if ((index & 1023) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            rendered.Copy(new TextRange(end, edits[index].Range.Start));
            starts[index] = rendered.Length;
            rendered.Insert(edits[index].Replacement, edits[index].Range);
            end = edits[index].Range.End;
        }

        rendered.Copy(new TextRange(end, source.Length));
        return new RenderedDocument(rendered.ToString(), rendered.Map, edits, starts);
    }

    /// <summary>Where a place of the source is in the text: before what stands for what follows it.</summary>
    public int Locate(int sourceIndex)
    {
        int low = -1;
        int high = _edits.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _edits[middle].Range.Start < sourceIndex ? (middle, high) : (low, middle);
        }

        return low < 0 ? sourceIndex : _starts[low] + _edits[low].Replacement.Length + Math.Max(0, sourceIndex - _edits[low].Range.End);
    }
}
