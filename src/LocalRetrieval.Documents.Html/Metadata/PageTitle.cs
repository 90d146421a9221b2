namespace LocalRetrieval.Documents;

/// <summary>Chooses a page's title, without the name of the site that many put to it.</summary>
internal static class PageTitle
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", " / ", ": ", "|"];

    /// <summary>The title; null where the page has none.</summary>
    public static string? Choose(MetaTags tags, string? site)
    {
        string? title = tags.Title ?? tags.First("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title");
        if (title is null)
        {
            return tags.Headings.FirstOrDefault();
        }

        string[] known = [.. tags.Headings, .. tags.All("og:title"), .. tags.All("twitter:title", "citation_title")];
        return Array.Find(known, name => StartsWith(title, name))
            ?? Array.Find(known, name => EndsWith(title, name))
            ?? tags.SiteNames.Prepend(site).OfType<string>().Aggregate(title, Without);
    }

    /// <summary>Whether a title is a name, or one with a separator and something more behind it.</summary>
    private static bool StartsWith(string title, string name) =>
        title == name || Separators.Any(separator => title.StartsWith(name + separator, StringComparison.OrdinalIgnoreCase));

    private static bool EndsWith(string title, string name) =>
        Separators.Any(separator => title.EndsWith(separator + name, StringComparison.OrdinalIgnoreCase));

    private static string Without(string title, string site)
    {
        foreach (string separator in Separators)
        {
            if (title.EndsWith(separator + site, StringComparison.OrdinalIgnoreCase))
            {
                return title[..^(separator.Length + site.Length)];
            }

            if (title.StartsWith(site + separator, StringComparison.OrdinalIgnoreCase))
            {
                return title[(separator.Length + site.Length)..];
            }
        }

        return title;
    }
}
