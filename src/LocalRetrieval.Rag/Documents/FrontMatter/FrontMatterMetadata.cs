using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Makes metadata of the values of front matter, by the names that site generators give them.</summary>
internal sealed partial class FrontMatterMetadata
{
    /// <summary>Properties stand in every passage of a document.</summary>
    private const int MaxPropertyCharacters = 16 * 1024;

    private static readonly string[] TitleKeys = ["title"];
    private static readonly string[] DescriptionKeys = ["description", "summary", "excerpt", "abstract"];
    private static readonly string[] TagKeys = ["tags", "tag", "categories", "category", "keywords", "taxonomies.tags", "taxonomies.categories"];
    private static readonly string[] AuthorKeys = ["author", "authors", "author.name", "authors.name"];
    private static readonly string[] LanguageKeys = ["language", "lang", "locale"];
    private static readonly string[] PublishedKeys = ["date", "published", "publishDate", "publish_date", "pubDate", "created"];
    private static readonly string[] ModifiedKeys =
        ["lastmod", "updated", "modified", "last_modified_at", "last_modified", "lastUpdated", "last_updated", "last_update.date", "last_update"];

    private readonly List<FrontMatterEntry> _rest;

    private FrontMatterMetadata(IReadOnlyList<FrontMatterEntry> entries) => _rest = [.. entries];

    /// <summary>The metadata; what has no place of its own becomes properties.</summary>
    /// <param name="entries">The values.</param>
    /// <param name="omitted">How many of the properties are left out, since all together are too long.</param>
    public static DocumentMetadata Of(IReadOnlyList<FrontMatterEntry> entries, out int omitted)
    {
        FrontMatterMetadata reader = new(entries);
        DocumentMetadata metadata = new()
        {
            Title = reader.TakeFirst(TitleKeys, Line),
            Description = reader.TakeFirst(DescriptionKeys, Line),
            Tags = reader.TakeTags(),
            Author = reader.TakeAuthors(),
            Language = reader.TakeFirst(LanguageKeys, Language),
            Published = reader.TakeDate(PublishedKeys),
            Modified = reader.TakeDate(ModifiedKeys),
        };
        return metadata with { Properties = reader.Rest(out omitted) };
    }

    private static string? Line(string value) => HeadingPaths.Clean(value) is { Length: > 0 } line ? line : null;

    private static string? Language(string value) => LanguageTag().IsMatch(value) ? value.Replace('_', '-') : null;

    /// <summary>The first value under one of the keys, the first key first, that <paramref name="read"/> makes something of.</summary>
    private T? TakeFirst<T>(string[] keys, Func<string, T?> read)
        where T : class
    {
        foreach (string key in keys)
        {
            for (int index = 0; index < _rest.Count; index++)
            {
                if (Is(_rest[index], key) && read(_rest[index].Value) is { } value)
                {
                    _rest.RemoveAt(index);
                    return value;
                }
            }
        }

        return null;
    }

    private DateTimeOffset? TakeDate(string[] keys) =>
        TakeFirst(keys, value => FrontMatterDates.Parse(value) is { } date ? (object)date : null) as DateTimeOffset?;

    private string[] TakeTags() =>
    [
        .. TakeAll(TagKeys)
            .SelectMany(entry => entry.IsListItem ? [entry.Value] : entry.Value.Split(','))
            .Select(HeadingPaths.Clean)
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.Ordinal),
    ];

    private string? TakeAuthors() => TakeAll(AuthorKeys) is { Count: > 0 } authors
        ? string.Join(", ", authors.Select(author => HeadingPaths.Clean(author.Value)).Distinct(StringComparer.Ordinal))
        : null;

    private List<FrontMatterEntry> TakeAll(string[] keys)
    {
        List<FrontMatterEntry> taken = _rest.FindAll(entry => Array.Exists(keys, key => Is(entry, key)));
        _rest.RemoveAll(entry => Array.Exists(keys, key => Is(entry, key)));
        return taken;
    }

    private static bool Is(FrontMatterEntry entry, string key) => entry.Key.Equals(key, StringComparison.OrdinalIgnoreCase);

    private string[] Rest(out int omitted)
    {
        List<string> properties = [];
        int characters = 0;
        foreach (FrontMatterEntry entry in _rest)
        {
            int length = entry.Key.Length + 1 + entry.Value.Length;
            if (characters + length <= MaxPropertyCharacters)
            {
                characters += length;
                properties.Add(entry.ToString());
            }
        }

        omitted = _rest.Count - properties.Count;
        return [.. properties];
    }

    [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
