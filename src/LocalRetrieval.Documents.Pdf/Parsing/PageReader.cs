using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.PdfFonts;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Takes from pages what people see on them.</summary>
internal sealed class PageReader
{
    // How far beside the page, in points, a sign that is seen may start.
    private const double Margin = 5;

    private readonly Dictionary<string, GlyphFont> _fonts = [];

    /// <summary>What is drawn on a page.</summary>
    public PageGlyphs Read(Page page)
    {
        PageTags tags = PageTags.Read(page);
        bool hasImages = page.NumberOfImages > 0;
        Dictionary<int, List<Glyph>> directions = [];
        int direction = 0;
        foreach (Letter letter in page.Letters)
        {
            if (IsSeen(letter, page, hasImages) && !tags.Artifacts.Contains(letter))
            {
                direction = DirectionOf(letter) ?? direction;
                if (!directions.TryGetValue(direction, out List<Glyph>? glyphs))
                {
                    directions[direction] = glyphs = [];
                }

                Add(letter, direction, tags.HeadingLevels.GetValueOrDefault(letter), glyphs);
            }
        }

        KeyValuePair<int, List<Glyph>>[] ordered = [.. directions.OrderByDescending(pair => pair.Value.Count)];
        int upright = ordered.Length == 0 ? 0 : ordered[0].Key;
        return new PageGlyphs(page.Number, [.. ordered.Select(pair => pair.Value)], RuleReader.Read(page.Paths, upright), hasImages);
    }

    // Text that is not drawn is what recognition found in the picture of a scanned page; without a picture it is hidden.
    private static bool IsSeen(Letter letter, Page page, bool hasImages)
    {
        PdfPoint start = letter.StartBaseLine;
        return start.X > -Margin && start.X < page.Width + Margin && start.Y > -Margin && start.Y < page.Height + Margin
            && (hasImages || letter.RenderingMode is not (TextRenderingMode.Neither or TextRenderingMode.NeitherClip))
            && SizeOf(letter) > 1;
    }

    private static int? DirectionOf(Letter letter)
    {
        double x = letter.EndBaseLine.X - letter.StartBaseLine.X, y = letter.EndBaseLine.Y - letter.StartBaseLine.Y;
        return Math.Abs(x) + Math.Abs(y) < 0.01 ? null : ((int)Math.Round(Math.Atan2(y, x) * 180 / Math.PI) + 360) % 360;
    }

    private void Add(Letter letter, int direction, int headingLevel, List<Glyph> glyphs)
    {
        string text = letter.Value == " " ? " " : GlyphCleaner.Clean(letter.Value);
        if (text.Length == 0)
        {
            return;
        }

        (double left, double baseline) = Turning.Turn(letter.StartBaseLine.X, letter.StartBaseLine.Y, direction);
        (double right, _) = Turning.Turn(letter.EndBaseLine.X, letter.EndBaseLine.Y, direction);
        double size = SizeOf(letter);
        GlyphFont font = FontOf(letter.FontDetails);
        if (text.Length == 1)
        {
            font.Observe(text[0], (right - left) / size);
        }

        glyphs.Add(new Glyph(text, Math.Min(left, right), Math.Max(left, right), baseline, size, font, headingLevel));
    }

    private static double SizeOf(Letter letter)
    {
        double size = letter.PointSize;
        return size is > 0.5 and < 500 ? size : Math.Max(letter.BoundingBox.Height, letter.BoundingBox.Width);
    }

    private GlyphFont FontOf(FontDetails? details)
    {
        string name = details?.Name ?? "";
        if (!_fonts.TryGetValue(name, out GlyphFont? font))
        {
            bool isBold = details is { IsBold: true } || details?.Weight >= 600 || IsBoldByName(name);
            _fonts[name] = font = new GlyphFont(name, isBold);
        }

        return font;
    }

    private static bool IsBoldByName(string name) =>
        name.Contains("bold", StringComparison.OrdinalIgnoreCase) || name.Contains("black", StringComparison.OrdinalIgnoreCase)
        || name.Contains("heavy", StringComparison.OrdinalIgnoreCase) || name.Contains("CMBX", StringComparison.Ordinal) || name.Contains("SFBX", StringComparison.Ordinal)
        || name.EndsWith("-Medi", StringComparison.Ordinal) || name.EndsWith("-Demi", StringComparison.Ordinal);
}
