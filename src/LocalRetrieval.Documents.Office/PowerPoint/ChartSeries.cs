using DocumentFormat.OpenXml;
using Charts = DocumentFormat.OpenXml.Drawing.Charts;

namespace LocalRetrieval.Documents;

/// <summary>A series of a chart: what the file keeps of its figures.</summary>
internal sealed class ChartSeries
{
    /// <summary>A chart is looked at; more points than this are data.</summary>
    private const uint MaxPoints = 1000;

    private readonly Dictionary<uint, string> _categories;
    private readonly Dictionary<uint, string> _values;

    private ChartSeries(OpenXmlElement series)
    {
        Name = string.Join(' ', series.Elements<Charts.SeriesText>().SelectMany(text => text.Descendants<Charts.NumericValue>()).Select(value => value.Text));
        _categories = Points(series.ChildElements.Where(child => child is Charts.CategoryAxisData or Charts.XValues));
        _values = Points(series.ChildElements.Where(child => child is Charts.Values or Charts.YValues));
    }

    public string Name { get; }

    /// <summary>How many points it has, with gaps.</summary>
    public uint Count => _values.Count == 0 ? 0 : Math.Min(MaxPoints, _values.Keys.Max() + 1);

    public static IEnumerable<ChartSeries> ReadAll(Charts.ChartSpace space) =>
        from plot in space.ShownBelow<Charts.PlotArea>()
        from series in plot.Descendants()
        where series.LocalName == "ser"
        select new ChartSeries(series);

    public string Category(uint index) => _categories.GetValueOrDefault(index, "");

    public string Value(uint index) => _values.GetValueOrDefault(index, "");

    private static Dictionary<uint, string> Points(IEnumerable<OpenXmlElement> data)
    {
        Dictionary<uint, string> points = [];
        foreach (OpenXmlElement point in data.SelectMany(element => element.Descendants()))
        {
            if ((point as Charts.StringPoint)?.Index?.Value is { } text)
            {
                points.TryAdd(text, point.InnerText);
            }
            else if ((point as Charts.NumericPoint)?.Index?.Value is { } number)
            {
                points.TryAdd(number, point.InnerText);
            }
        }

        return points;
    }
}
