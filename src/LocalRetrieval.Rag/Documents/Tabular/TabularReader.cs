namespace LocalRetrieval.Rag;

/// <summary>Reads CSV and TSV: one table, whose first row is its header where it looks like one.</summary>
/// <remarks>
/// <para>Cells are parted by comma, semicolon, tab or <c>|</c>, whichever fits the first rows, or by what a first line <c>sep=;</c> says; quoted as in
/// RFC 4180, with line ends and delimiters inside. A quote that is never closed is text, rows may have too few or too many cells, and short lines above
/// the header are paragraphs; the first two give a warning.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class TabularReader : TextDocumentReader
{
    private const int SampleRows = 50;
    private const int MaxTitleRows = 8;
    private const int RowsBetweenChecks = 256;

    private TabularReader()
    {
    }

    /// <summary>The reader.</summary>
    public static TabularReader Instance { get; } = new();

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new() { Name = "CSV", Extensions = [".csv", ".tsv", ".tab", ".psv"] };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        DocumentContentBuilder builder = new(context) { EmptyReason = "it has no rows" };
        int start = TextLines.SkipByteOrderMark(text);
        char delimiter = TakeMarkedDelimiter(text, ref start)
            ?? DelimiterSniffer.Find(text, start, NameEndings.Of(context.Source).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ',' : '\t');
        List<IReadOnlyList<string>> sample = Sample(text, delimiter, start);
        int usual = sample.Count == 0 ? 0 : sample.GroupBy(row => row.Count).OrderByDescending(rows => rows.Count()).ThenByDescending(rows => rows.Key).First().Key;
        int titles = sample.Take(MaxTitleRows).TakeWhile(row => usual > 2 && row.Count(cell => cell.Trim().Length > 0) <= 1).Count();
        foreach (IReadOnlyList<string> title in sample.Take(titles))
        {
            builder.AddParagraph(string.Concat(title));
        }

        bool hasHeader = sample.Count > titles + 1 && HeaderSniffer.IsHeader(sample[titles], sample.GetRange(titles + 1, sample.Count - titles - 1));
        AddTable(new DelimitedRows(text, delimiter, start), text, titles, hasHeader ? sample[titles] : null, builder, cancellationToken);
        return builder.Build();
    }

    /// <summary>The delimiter that a first line <c>sep=;</c> names, as spreadsheets write it.</summary>
    private static char? TakeMarkedDelimiter(string text, ref int start)
    {
        if (string.Compare(text, start, "sep=", 0, 4, StringComparison.OrdinalIgnoreCase) != 0 || start + 4 >= text.Length || TextLines.NextLine(text, start) - start > 7)
        {
            return null;
        }

        char delimiter = text[start + 4];
        start = TextLines.NextLine(text, start);
        return delimiter is '\r' or '\n' ? null : delimiter;
    }

    private static List<IReadOnlyList<string>> Sample(string text, char delimiter, int start)
    {
        DelimitedRows rows = new(text, delimiter, start);
        List<IReadOnlyList<string>> sample = [];
        while (sample.Count < SampleRows && rows.Next())
        {
            sample.Add([.. rows.Cells]);
        }

        return sample;
    }

    private static void AddTable(
        DelimitedRows rows, string text, int titles, IReadOnlyList<string>? header, DocumentContentBuilder builder, CancellationToken cancellationToken)
    {
        builder.BeginTable(header);
        int ragged = 0;
        int firstRagged = 0;
        int width = header?.Count ?? 0;
        for (int row = 0; rows.Next(); row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (row < titles || (row == titles && header is not null))
            {
                continue;
            }

            if (header is not null && rows.Cells.Count != width && ragged++ == 0)
            {
                firstRagged = rows.Start;
            }

            builder.AddTableRow(rows.Cells.Count < width ? [.. rows.Cells, .. Enumerable.Repeat("", width - rows.Cells.Count)] : rows.Cells);
        }

        builder.EndTable();
        Warn(rows, text, ragged, firstRagged, width, builder);
    }

    private static void Warn(DelimitedRows rows, string text, int ragged, int firstRagged, int width, DocumentContentBuilder builder)
    {
        if (ragged > 0)
        {
            builder.Warn(
                $"{(ragged == 1 ? "This row has" : $"{ragged} rows, of which this is the first, have")} not the {width} cells of the header; "
                    + "missing cells are empty, and those beyond it have no name.",
                TextLines.NumberOf(text, firstRagged));
        }

        if (rows.FirstUnclosed >= 0)
        {
            builder.Warn("A quote that opens a cell is never closed; it was read as text.", TextLines.NumberOf(text, rows.FirstUnclosed));
        }
    }
}
