using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace LocalRetrieval.Documents;

/// <summary>The elements of a page that speak of it, wherever they stand.</summary>
internal sealed class MetaTags
{
    private const int MostDataScripts = 64;
    private const int MostHeadings = 8;
    private const int LongestHeading = 256;

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationToken _cancellationToken;

    private MetaTags(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    /// <summary>What the title element says.</summary>
    public string? Title { get; private set; }

    /// <summary>The short headings of the first level.</summary>
    public List<string> Headings { get; } = [];

    /// <summary>Those that lead home or stand in a menu, and so name the site.</summary>
    public List<string> SiteNames { get; } = [];

    public string? Canonical { get; private set; }

    public string? PublishedTime { get; private set; }

    public string? ModifiedTime { get; private set; }

    /// <summary>The texts of scripts of JSON-LD.</summary>
    public List<string> DataScripts { get; } = [];

    public static MetaTags Read(IHtmlDocument document, CancellationToken cancellationToken)
    {
        MetaTags tags = new(cancellationToken);
        if (document.DocumentElement is { } root)
        {
            tags.Visit(root, isInSvg: false);
        }

        return tags;
    }

    /// <summary>The first value of the first of <paramref name="names"/> that has one.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_values.TryGetValue(name, out List<string>? values))
            {
                return values[0];
            }
        }

        return null;
    }

    /// <summary>The values of the first of <paramref name="names"/> that has any.</summary>
    public IReadOnlyList<string> All(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_values.TryGetValue(name, out List<string>? values))
            {
                return values;
            }
        }

        return [];
    }

    private void Visit(IElement element, bool isInSvg)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        switch (element.LocalName)
        {
            case "title" when !isInSvg:
                Title ??= Text(element.TextContent);
                return;
            case "meta":
                Add(element.GetAttribute("property") ?? element.GetAttribute("name") ?? element.GetAttribute("itemprop") ?? element.GetAttribute("http-equiv"), element.GetAttribute("content"));
                return;
            case "link" when string.Equals(element.GetAttribute("rel"), "canonical", StringComparison.OrdinalIgnoreCase):
                Canonical ??= Text(element.GetAttribute("href"));
                return;
            case "script" when DataScripts.Count < MostDataScripts && string.Equals(element.GetAttribute("type")?.Trim(), "application/ld+json", StringComparison.OrdinalIgnoreCase):
                DataScripts.Add(element.TextContent);
                return;
            case "time":
                AddTime(element);
                break;
            case "h1":
                AddHeading(element);
                return;
            case "svg":
                isInSvg = true;
                break;
        }

        foreach (INode child in element.ChildNodes)
        {
            if (child is IElement inner)
            {
                Visit(inner, isInSvg);
            }
        }
    }

    private void AddHeading(IElement heading)
    {
        if (Headings.Count + SiteNames.Count >= MostHeadings)
        {
            return;
        }

        string text = ShortText.Of(heading, LongestHeading).TrimEnd(' ', '¶', '#');
        bool leadsHome = (heading.Closest("a") ?? heading.QuerySelector("a"))?.GetAttribute("href") is "/" or "./" or "." or "../" or "index.html";
        List<string> names = leadsHome || NoiseWords.Of(heading) is { NamesSite: true } or { MayBeFurniture: true } ? SiteNames : Headings;
        if (text.Length > 0 && !Visibility.IsHidden(heading))
        {
            names.Add(text);
        }
    }

    /// <summary>A time counts where it says that it is the page's.</summary>
    private void AddTime(IElement time)
    {
        string says = $"{time.GetAttribute("itemprop")} {time.GetAttribute("class")}";
        if (time.GetAttribute("datetime") is not { } date)
        {
            return;
        }

        if (says.Contains("modified", StringComparison.OrdinalIgnoreCase) || says.Contains("updated", StringComparison.OrdinalIgnoreCase))
        {
            ModifiedTime ??= Text(date);
        }
        else if (time.HasAttribute("pubdate") || says.Contains("published", StringComparison.OrdinalIgnoreCase) || says.Contains("entry-date", StringComparison.OrdinalIgnoreCase))
        {
            PublishedTime ??= Text(date);
        }
    }

    private void Add(string? name, string? value)
    {
        if (Text(name) is not { } key || Text(value) is not { } text)
        {
            return;
        }

        if (!_values.TryGetValue(key, out List<string>? values))
        {
            _values[key] = values = [];
        }

        values.Add(text);
    }

    private static string? Text(string? text) => text is not null && HtmlText.Collapse(text) is { Length: > 0 } collapsed ? collapsed : null;
}
