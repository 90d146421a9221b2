using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Adds the rows of a sheet: those between blank rows are a table, or several beside each other where blank columns stand between.</summary>
/// <remarks>
/// Rows of one cell above a table are its caption. Its first row names the columns where all of that row is text. Only among so many rows as are looked at
/// ahead are tables told apart by their columns.
/// </remarks>
internal sealed class SheetRegions(DocumentContentBuilder builder)
{
    /// <summary>So many rows are looked at before the columns of a table are taken for known.</summary>
    private const int Lookahead = 256;

    private readonly List<SheetRow> _waiting = [];
    private uint _last;
    private bool _isOpen;
    private int _firstColumn;
    private int _columns;

    public void Add(SheetRow row)
    {
        if (row.Index > _last + 1)
        {
            End();
        }

        _last = row.Index;
        if (_isOpen)
        {
            builder.AddTableRow(TextsOf(row));
            return;
        }

        _waiting.Add(row);
        if (_waiting.Count == Lookahead)
        {
            Open();
        }
    }

    /// <summary>Ends the table.</summary>
    public void End()
    {
        if (_waiting.Count > 0)
        {
            foreach (SheetRow[] table in SheetColumns.Split(_waiting))
            {
                _waiting.Clear();
                _waiting.AddRange(table);
                Open();
                EndTable();
            }
        }

        EndTable();
    }

    private void EndTable()
    {
        if (_isOpen)
        {
            builder.EndTable();
            _isOpen = false;
        }
    }

    private void Open()
    {
        int caption = _waiting.FindIndex(row => row.Cells.Count > 1);
        if (caption < 0)
        {
            AddSingles();
            return;
        }

        foreach (SheetRow row in _waiting.Take(caption))
        {
            builder.AddParagraph(row.Cells[0].Text);
        }

        _waiting.RemoveRange(0, caption);
        _firstColumn = _waiting.Min(row => row.Cells[0].Column);
        _columns = _waiting.Max(row => row.Cells[^1].Column) + 1 - _firstColumn;
        bool hasHeader = _waiting.Count > 1 && _waiting[0].Cells.All(cell => cell.IsText) && _waiting[0].Cells.Count * 2 > _columns;
        builder.BeginTable(hasHeader ? TextsOf(_waiting[0]) : null);
        _isOpen = true;
        foreach (SheetRow row in _waiting.Skip(hasHeader ? 1 : 0))
        {
            builder.AddTableRow(TextsOf(row));
        }

        _waiting.Clear();
    }

    /// <summary>A column by itself: notes, or a list.</summary>
    private void AddSingles()
    {
        builder.AddLines(string.Join('\n', _waiting.Select(row => row.Cells[0].Text.ReplaceLineEndings(" "))));
        _waiting.Clear();
    }

    private string[] TextsOf(SheetRow row)
    {
        int columns = Math.Max(_columns, row.Cells[^1].Column + 1 - _firstColumn);
        string[] texts = new string[Math.Min(columns, 1024)];
        Array.Fill(texts, "");
        foreach (SheetCell cell in row.Cells)
        {
            // A cell left of the columns, or far right of them, is put at their edge: nothing is lost.
            int column = Math.Clamp(cell.Column - _firstColumn, 0, texts.Length - 1);
            texts[column] = texts[column].Length == 0 ? cell.Text : $"{texts[column]} {cell.Text}";
        }

        return texts;
    }
}
