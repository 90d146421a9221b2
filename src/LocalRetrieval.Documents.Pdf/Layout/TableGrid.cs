namespace LocalRetrieval.Documents.Layout;

/// <summary>A table: its rows of cells, and where it stands.</summary>
internal sealed class TableGrid(double left, double right, double top)
{
    public double Left { get; } = left;

    public double Right { get; } = right;

    public double Top { get; } = top;

    public List<string[]> Rows { get; } = [];

    /// <summary>Whether the first row has the columns' names.</summary>
    public bool HasHeader { get; set; }
}
