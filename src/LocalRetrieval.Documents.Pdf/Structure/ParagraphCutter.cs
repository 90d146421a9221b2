using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Tells where a paragraph ends and the next one starts.</summary>
internal static class ParagraphCutter
{
    /// <summary>Whether a line starts a paragraph or an item.</summary>
    /// <param name="previous">The line before it in the order of reading.</param>
    /// <param name="line">The line.</param>
    /// <param name="next">The line behind it; null for none.</param>
    /// <param name="item">The marker of the item that the line before is in; null for none.</param>
    public static bool Starts(TextLine previous, TextLine line, TextLine? next, ListMarker? item)
    {
        if (Math.Abs(previous.Size - line.Size) > 0.1 * line.Size)
        {
            return true;
        }

        if (LineEnds.IsDivided(previous.Text) && Scripts.StartsInSentence(line.Text))
        {
            return false;
        }

        if (StartsItem(previous, line, item))
        {
            return true;
        }

        return previous.Column == line.Column ? StartsBelow(previous, line, next, item) : StartsElsewhere(previous, line);
    }

    /// <summary>Whether a line starts an item: by a bullet, or the number that is next.</summary>
    public static bool StartsItem(TextLine previous, TextLine line, ListMarker? item)
    {
        if (ListMarker.Find(line.Text) is not { } marker)
        {
            return false;
        }

        if (marker.Number is { } number)
        {
            return number == 1 || item?.Number + 1 == number || Scripts.EndsSentence(previous.Text);
        }

        return ListMarker.IsBullet(line.Text[..1]) || item is { Number: null } || Scripts.EndsSentence(previous.Text) || line.Left > previous.Left + line.Size;
    }

    private static bool StartsBelow(TextLine previous, TextLine line, TextLine? next, ListMarker? item)
    {
        double step = previous.Baseline - line.Baseline;
        if (step < -0.5 * line.Size || step > 1.4 * line.Column.Leading)
        {
            return true;
        }

        Column column = line.Column;
        double indent = line.Left - previous.Left;
        if (indent > 0.8 * line.Size && indent < 6 * line.Size && item is null && previous.Left < column.Left + (0.8 * line.Size))
        {
            // A hanging paragraph goes on where its second line starts; the first line of the next paragraph is alone in being indented.
            return next is null || next.Column != column || next.Left < line.Left - (0.4 * line.Size);
        }

        if (item is not null && indent < -0.8 * line.Size && Scripts.EndsSentence(previous.Text))
        {
            return true;
        }

        double room = column.Right - previous.Right;
        return room > line.FirstWordWidth + (0.6 * line.Size) && (Scripts.EndsSentence(previous.Text) || room > 0.45 * (column.Right - column.Left));
    }

    // At the top of the next column or page a paragraph goes on where the last one has not ended.
    private static bool StartsElsewhere(TextLine previous, TextLine line)
    {
        if (!previous.Column.IsUpright || !line.Column.IsUpright || Scripts.EndsSentence(previous.Text))
        {
            return true;
        }

        bool isFull = previous.Column.Right - previous.Right < line.FirstWordWidth + (2 * line.Size);
        return !isFull && !(char.IsLower(line.Text[0]) && previous.Text[^1] != ':');
    }
}
