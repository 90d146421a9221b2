using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>
/// The starts of a document's blocks and headings, in any order. All of the text lies in one of them, so that none of it is lost; of those
/// that start at one place the last counts.
/// </summary>
internal sealed class BlockMarks
{
    private const int MaxHeadingLength = 256;

    /// <summary>Marks of quotes and items, of which nothing is left to see.</summary>
    private static readonly SearchValues<char> Bare = SearchValues.Create("> -*+\t\r\n");

    private readonly List<BlockMark> _marks = [];
    private int[] _takenOut = [];

    /// <summary>How many there are.</summary>
    public int Count => _marks.Count;

    public void Add(int start, DocumentBlockKind kind, int headerEnd = 0) => _marks.Add(new BlockMark(start, kind, headerEnd));

    /// <summary>Adds a heading.</summary>
    /// <param name="range">Where its text stands.</param>
    /// <param name="level">From 1, the outermost.</param>
    /// <param name="text">Its text; null where it is what is seen of it.</param>
    public void AddHeading(TextRange range, int level, string? text)
    {
        _marks.Add(new BlockMark(range.Start, DocumentBlockKind.Heading, Level: level, Heading: text));
        Add(range.End, DocumentBlockKind.Prose);
    }

    /// <summary>Notes that the marks since there were <paramref name="count"/> are of blocks that the parser does not see.</summary>
    public void EndTakenOut(int count) => _takenOut = [.. _marks.Skip(count).Select(mark => mark.Start).Order()];

    /// <summary>Whether a block that the parser does not see starts in a range.</summary>
    public bool HasTakenOut(int start, int end)
    {
        int index = Array.BinarySearch(_takenOut, start);
        index = index < 0 ? ~index : index;
        return index < _takenOut.Length && _takenOut[index] < end;
    }

    /// <summary>Drops the marks that were added since there were <paramref name="count"/>.</summary>
    public void Truncate(int count) => _marks.RemoveRange(count, _marks.Count - count);

    /// <summary>The sections of the text that <paramref name="rendered"/> made of the source.</summary>
    public IReadOnlyList<DocumentSection> Build(RenderedDocument rendered, string? title, CancellationToken cancellationToken)
    {
        SectionBuilder sections = new(title);
        BlockMark[] marks = [.. _marks.OrderBy(mark => mark.Start)];
        cancellationToken.ThrowIfCancellationRequested();
        for (int index = 0; index < marks.Length; index++)
        {
            if ((index & 1023) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int start = rendered.Locate(marks[index].Start);
            int end = index + 1 < marks.Length ? rendered.Locate(marks[index + 1].Start) : rendered.Text.Length;
            Add(rendered, marks[index], new TextRange(start, end), sections);
        }

        return sections.Build();
    }

    private static void Add(RenderedDocument rendered, BlockMark mark, TextRange range, SectionBuilder sections)
    {
        TextRange trimmed = range.Trim(rendered.Text);
        if (mark.Kind == DocumentBlockKind.Code && !trimmed.IsEmpty)
        {
            trimmed = trimmed with { Start = Math.Max(range.Start, TextLines.LineStart(rendered.Text, trimmed.Start)) };
        }

        int headerLength = mark.HeaderEnd == 0 ? 0 : Math.Clamp(rendered.Locate(mark.HeaderEnd) - trimmed.Start, 0, Math.Max(0, trimmed.Length));
        DocumentBlock block = new() { Offset = trimmed.Start, Length = trimmed.Length, Kind = mark.Kind, HeaderLength = headerLength };
        if (mark.Level > 0)
        {
            string text = mark.Heading ?? HeadingPaths.Clean(trimmed.Of(rendered.Text).ToString());
            if (text.Length <= MaxHeadingLength)
            {
                sections.Enter(mark.Level, text, trimmed.IsEmpty ? null : block);
            }
            else
            {
                sections.Add(block with { Kind = DocumentBlockKind.Prose });
            }
        }
        else if (trimmed.Of(rendered.Text).ContainsAnyExcept(Bare))
        {
            sections.Add(block);
        }
    }
}
