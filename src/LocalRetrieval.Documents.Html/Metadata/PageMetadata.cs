using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>What a page says of itself: in its head, by its times, and in JSON-LD, which is read and never run.</summary>
internal static class PageMetadata
{
    public static DocumentMetadata Read(IHtmlDocument document, CancellationToken cancellationToken)
    {
        MetaTags tags = MetaTags.Read(document, cancellationToken);
        JsonLd data = JsonLd.Read(tags.DataScripts);
        string? canonical = tags.Canonical ?? tags.First("og:url");
        string? site = tags.First("og:site_name", "application-name");
        return new DocumentMetadata
        {
            Title = PageTitle.Choose(tags, site),
            Description = tags.First("description", "og:description", "twitter:description", "dc.description", "dcterms.description"),
            Author = Author(tags) ?? data.Author,
            Language = Language(document, tags),
            Tags = Keywords(tags, data),
            Published = Date(tags.First(PublishedNames) ?? data.Published ?? tags.PublishedTime),
            Modified = Date(tags.First(ModifiedNames) ?? data.Modified ?? tags.ModifiedTime),
            Properties = [.. Property("canonical", canonical), .. Property("site", site)],
        };
    }

    private static readonly string[] PublishedNames =
        ["article:published_time", "datepublished", "date", "pubdate", "publish_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued",
        "citation_publication_date", "citation_date", "parsely-pub-date"];

    private static readonly string[] ModifiedNames =
        ["article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "revised"];

    private static string? Author(MetaTags tags)
    {
        string[] authors =
        [
            .. tags.All("author", "dc.creator", "dcterms.creator", "citation_author", "article:author", "byl")
                .Where(name => !Uri.TryCreate(name, UriKind.Absolute, out _)).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        return authors.Length == 0 ? null : string.Join(", ", authors);
    }

    private static string[] Keywords(MetaTags tags, JsonLd data) =>
    [
        .. tags.All("keywords", "news_keywords", "article:tag", "citation_keywords", "dc.subject").Concat(data.Keywords)
            .SelectMany(words => words.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static string? Language(IHtmlDocument document, MetaTags tags)
    {
        IElement? root = document.DocumentElement;
        string?[] said = [root?.GetAttribute("lang"), root?.GetAttribute("xml:lang"), document.Body?.GetAttribute("lang"), tags.First("content-language", "language", "dc.language", "og:locale")];
        return said.Select(tag => tag?.Trim().Replace('_', '-')).FirstOrDefault(IsLanguage);
    }

    private static bool IsLanguage(string? tag) =>
        tag is { Length: >= 2 and <= 35 } && char.IsAsciiLetter(tag[0]) && tag.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static DateTimeOffset? Date(string? date) =>
        date is { Length: >= 4 and < 64 }
            && (DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
                || DateTimeOffset.TryParseExact(date, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out parsed))
            ? parsed
            : null;

    private static IEnumerable<string> Property(string key, string? value) => string.IsNullOrEmpty(value) ? [] : [$"{key}={value}"];
}
