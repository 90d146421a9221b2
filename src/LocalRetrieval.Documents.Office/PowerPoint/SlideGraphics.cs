using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using LocalRetrieval.Rag;
using Charts = DocumentFormat.OpenXml.Drawing.Charts;
using Diagrams = DocumentFormat.OpenXml.Drawing.Diagrams;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace LocalRetrieval.Documents;

/// <summary>Adds tables, the figures of charts, and the texts of diagrams.</summary>
internal static class SlideGraphics
{
    public static void Add(SlidePart part, GraphicFrame frame, DocumentContentBuilder builder)
    {
        if (frame.ShownBelow<Drawing.Table>().FirstOrDefault() is { } table)
        {
            AddTable(table, builder);
        }
        else if (frame.ShownBelow<Charts.ChartReference>().FirstOrDefault()?.Id?.Value is { } chart && part.TryGetPartById(chart, out OpenXmlPart? charted) && charted is ChartPart { ChartSpace: { } space })
        {
            AddChart(space, builder);
        }
        else if (frame.ShownBelow<Diagrams.RelationshipIds>().FirstOrDefault()?.DataPart?.Value is { } data && part.TryGetPartById(data, out OpenXmlPart? drawn) && drawn is DiagramDataPart { DataModelRoot: { } root })
        {
            foreach (Diagrams.Point point in root.ShownBelow<Diagrams.Point>())
            {
                builder.AddListItem(string.Join(' ', point.ShownBelow<Drawing.Paragraph>().Select(SlideText.Of)));
            }
        }
        else
        {
            builder.AddParagraph(AlternativeText.Of(frame.NonVisualGraphicFrameProperties?.NonVisualDrawingProperties?.Description?.Value));
        }
    }

    private static void AddTable(Drawing.Table table, DocumentContentBuilder builder)
    {
        string[][] rows = [.. table.Elements<Drawing.TableRow>().Select(row => row.Elements<Drawing.TableCell>().Select(CellText).ToArray())];
        bool hasHeader = rows.Length > 1 && table.TableProperties?.FirstRow?.Value != false && rows[0].Any(cell => cell.Length > 0);
        builder.BeginTable(hasHeader ? rows[0] : null);
        foreach (string[] row in hasHeader ? rows[1..] : rows)
        {
            builder.AddTableRow(row);
        }

        builder.EndTable();
    }

    private static string CellText(Drawing.TableCell cell) => string.Join(' ', cell.ShownBelow<Drawing.Paragraph>().Select(SlideText.Of));

    /// <summary>A chart's figures as a table: a row a category, a column a series.</summary>
    private static void AddChart(Charts.ChartSpace space, DocumentContentBuilder builder)
    {
        builder.AddParagraph(string.Join(' ', space.ShownBelow<Charts.Title>().Take(1).SelectMany(title => title.ShownBelow<Drawing.Paragraph>()).Select(SlideText.Of)));
        ChartSeries[] series = [.. ChartSeries.ReadAll(space)];
        if (series.Length == 0)
        {
            return;
        }

        builder.BeginTable(["", .. series.Select(one => one.Name)]);
        for (uint index = 0; index < series.Max(one => one.Count); index++)
        {
            builder.AddTableRow([series.Select(one => one.Category(index)).FirstOrDefault(name => name.Length > 0) ?? "", .. series.Select(one => one.Value(index))]);
        }

        builder.EndTable();
    }
}
