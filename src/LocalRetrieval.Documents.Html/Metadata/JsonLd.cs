using System.Text.Json;

namespace LocalRetrieval.Documents;

/// <summary>What a page's JSON-LD says of it.</summary>
internal sealed class JsonLd
{
    private const int LongestScript = 1 << 20;

    private readonly List<string> _keywords = [];

    public string? Author { get; private set; }

    public string? Published { get; private set; }

    public string? Modified { get; private set; }

    public IReadOnlyList<string> Keywords => _keywords;

    /// <summary>Reads scripts; one that is broken or too long says nothing.</summary>
    public static JsonLd Read(IReadOnlyList<string> scripts)
    {
        JsonLd data = new();
        foreach (string script in scripts)
        {
            if (script.Length <= LongestScript && Parse(script) is { } document)
            {
                using (document)
                {
                    data.Visit(document.RootElement, depth: 0);
                }
            }
        }

        return data;
    }

    private static JsonDocument? Parse(string script)
    {
        try
        {
            return JsonDocument.Parse(script, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException)
        {
            // Its author's mistake costs a date at most; the page is read all the same.
            return null;
        }
    }

    /// <summary>Takes what the page's own object says: at the top, in a list there, or in the graph.</summary>
    private void Visit(JsonElement element, int depth)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Visit(item, depth + 1);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            Take(element);
            if (depth < 4 && element.TryGetProperty("@graph", out JsonElement graph))
            {
                Visit(graph, depth + 1);
            }
        }
    }

    private void Take(JsonElement page)
    {
        if (!page.TryGetProperty("datePublished", out _) && !page.TryGetProperty("headline", out _))
        {
            return;
        }

        Published ??= Text(page, "datePublished");
        Modified ??= Text(page, "dateModified");
        Author ??= page.TryGetProperty("author", out JsonElement author) ? Names(author) : null;
        if (page.TryGetProperty("keywords", out JsonElement keywords))
        {
            _keywords.AddRange(keywords.ValueKind == JsonValueKind.Array
                ? keywords.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)
                : keywords.ValueKind == JsonValueKind.String ? [keywords.GetString()!] : []);
        }
    }

    private static string? Names(JsonElement author)
    {
        string[] names = author.ValueKind switch
        {
            JsonValueKind.Array => [.. author.EnumerateArray().Select(Names).OfType<string>()],
            JsonValueKind.Object => Text(author, "name") is { } name ? [name] : [],
            JsonValueKind.String => [author.GetString()!],
            _ => [],
        };
        return names.Length == 0 ? null : string.Join(", ", names);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? HtmlText.Collapse(text)
            : null;
}
