using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Writes running text: paragraphs and items of lists.</summary>
internal sealed class ParagraphWriter(DocumentContentBuilder builder, Func<List<TextLine>, string> join, Action<int> writeFootnotes)
{
    private readonly List<double> _indents = [];

    /// <summary>Writes lines, in the order of reading.</summary>
    public void Write(List<TextLine> lines)
    {
        List<TextLine> paragraph = [];
        ListMarker? item = null;
        for (int index = 0; index < lines.Count; index++)
        {
            TextLine line = lines[index];
            TextLine? previous = paragraph.Count == 0 ? null : paragraph[^1];
            if (previous is not null && ParagraphCutter.Starts(previous, line, index + 1 < lines.Count ? lines[index + 1] : null, item))
            {
                Write(paragraph, item);
                bool isItem = ParagraphCutter.StartsItem(previous, line, item);
                paragraph = [];
                item = isItem ? ListMarker.Find(line.Text) : null;
            }
            else if (previous is null)
            {
                item = ListMarker.Find(line.Text);
            }

            paragraph.Add(line);
        }

        Write(paragraph, item);
    }

    private void Write(List<TextLine> paragraph, ListMarker? item)
    {
        TextLine first = paragraph[0];
        writeFootnotes(first.Page);
        builder.Page = first.Page;
        string text = join(paragraph);
        if (item is { } marker)
        {
            builder.AddListItem(marker.IsLetter ? text : text[Math.Min(marker.Length, text.Length)..], DepthOf(first), marker.Number);
        }
        else
        {
            _indents.Clear();
            builder.AddParagraph(text);
        }
    }

    private int DepthOf(TextLine line)
    {
        double indent = line.Left - line.Column.Left;
        double tolerance = 0.4 * line.Size;
        while (_indents.Count > 0 && indent < _indents[^1] - tolerance)
        {
            _indents.RemoveAt(_indents.Count - 1);
        }

        if (_indents.Count == 0 || indent > _indents[^1] + tolerance)
        {
            _indents.Add(indent);
        }

        return _indents.Count - 1;
    }
}
