using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

internal sealed partial class MarkdownScanner
{
    private const int MaxRowsAtOnce = 4096;

    /// <summary>Reads a table whose columns' names stand in a line above one of dashes; gives the line behind, or -1 where there is none.</summary>
    private int TryTable(LineParts line)
    {
        if (line.Next >= source.Length || line.Range.Length > MaxRegionLength || !line.Range.Of(source).Contains('|'))
        {
            return -1;
        }

        LineParts delimiter = LineParts.Parse(source, line.Next);
        if (!IsInside(line, delimiter) || delimiter.Range.Length > MaxMarkLength || !IsDelimiter(source[delimiter.Content..delimiter.End], line.Range.Of(source)))
        {
            return -1;
        }

        edits.Hide(new TextRange(delimiter.Start, delimiter.Next));
        int next = delimiter.Next;
        ScanRow(line);
        int rows = line.Start;
        while (next < source.Length && LineParts.Parse(source, next) is var row && IsInside(line, row) && !StartsBlock(row))
        {
            if (row.Quotes > 0)
            {
                edits.Hide(new TextRange(row.Start, row.Content));
            }

            ScanRow(row);
            next = row.Next;
            rows = KeepRows(rows, row.Next, isLast: false);
        }

        KeepRows(rows, next, isLast: true);
        TakeOut(new TextRange(line.Content, next), DocumentBlockKind.Table, line.End);
        return next;
    }

    private bool IsInside(LineParts table, LineParts row) =>
        !row.IsBlank && row.Quotes == table.Quotes && row.Indent >= ItemIndent && row.Indent - ItemIndent < 4;

    private bool StartsBlock(LineParts row) =>
        source[row.Content] is not '|'
            && (Interrupts(row) || AttributeLists.Match(source, row.Content) == row.End || source.AsSpan(row.Content).StartsWith(":::", StringComparison.Ordinal)
                || (source[row.Content] == '<' && HtmlBlocks.IsBlock(row.Range.Of(source), isInParagraph: true)));

    private static bool IsDelimiter(string line, ReadOnlySpan<char> header) =>
        Delimiter().IsMatch(line) && line.Contains('|', StringComparison.Ordinal) && (line.Count(c => c == '-') >= 2 || header[0] == '|')
            && CountCells(line) == CountCells(header);

    private static int CountCells(ReadOnlySpan<char> row)
    {
        row = row.Trim();
        int cells = row is ['|', ..] ? 0 : 1;
        for (int index = 0; index < row.Length; index++)
        {
            cells += row[index] == '|' && index + 1 < row.Length ? 1 : 0;
            index += row[index] == '\\' ? 1 : 0;
        }

        return cells;
    }

    private void ScanRow(LineParts row)
    {
        CheckCancellation();
        _isParagraph = false;
        Dedent(row);
        ScanInlines(row.Content, row.End);
    }

    /// <summary>Keeps rows whose inlines are to be read, once they are many.</summary>
    private int KeepRows(int start, int end, bool isLast)
    {
        if (end - start < MaxRowsAtOnce && !isLast)
        {
            return start;
        }

        if (_mask.AsSpan(start, end - start).IndexOfAny("<[&") >= 0)
        {
            _rows.Add(new MaskedLines(start, new string(_mask, start, end - start)));
        }

        return end;
    }

    /// <summary>Reads a table that is drawn with lines of pluses and dashes; gives the line behind, or -1 where there is none.</summary>
    private int TryGridTable(LineParts line)
    {
        if (!IsBorder(line) || _isParagraph)
        {
            return -1;
        }

        LineParts row = line;
        int header = 0;
        int lines = 0;
        while (row.Next < source.Length && LineParts.Parse(source, row.Next) is var next && IsInside(line, next) && source[next.Content] is '|' or '+')
        {
            row = next;
            lines++;
            if (IsBorder(row))
            {
                header = header == 0 && row.Range.Of(source).Contains('=') ? row.Start : header;
                edits.Hide(new TextRange(row.Start, row.Next));
            }
        }

        if (lines < 2)
        {
            return -1;
        }

        edits.Hide(new TextRange(line.Start, line.Next));
        TakeOut(new TextRange(line.Next, row.Next), DocumentBlockKind.Table, header == 0 ? 0 : BeforeLineEnd(header));
        return row.Next;
    }

    private int BeforeLineEnd(int lineStart)
    {
        while (lineStart > 0 && source[lineStart - 1] is '\r' or '\n')
        {
            lineStart--;
        }

        return lineStart;
    }

    private bool IsBorder(LineParts line) =>
        line.Range.Of(source).TrimEnd() is ['+', .., '+'] border && border.Length > 4 && border.IndexOfAnyExcept("+-=:") < 0 && border.Contains("--", StringComparison.Ordinal) | border.Contains("==", StringComparison.Ordinal);

    [GeneratedRegex("""^\|?(?>[ \t]*):?-+:?(?>[ \t]*)(?:\|(?>[ \t]*):?-+:?(?>[ \t]*))*\|?(?>[ \t]*)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Delimiter();
}
