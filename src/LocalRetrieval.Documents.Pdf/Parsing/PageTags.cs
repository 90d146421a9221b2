using UglyToad.PdfPig.Content;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>What the tags of a page say of its letters.</summary>
internal sealed class PageTags
{
    private const int MaxDepth = 64;

    /// <summary>The letters of running heads and feet.</summary>
    public HashSet<Letter> Artifacts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The levels of the letters of headings.</summary>
    public Dictionary<Letter, int> HeadingLevels { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The tags of a page.</summary>
    public static PageTags Read(Page page)
    {
        PageTags tags = new();
        foreach (MarkedContentElement element in page.GetMarkedContents())
        {
            tags.Add(element, 0);
        }

        return tags;
    }

    private void Add(MarkedContentElement element, int depth)
    {
        if (element is ArtifactMarkedContentElement { Type: ArtifactMarkedContentElement.ArtifactType.Pagination })
        {
            Artifacts.UnionWith(element.Letters);
        }
        else if (LevelOf(element.Tag) is { } level)
        {
            foreach (Letter letter in element.Letters)
            {
                HeadingLevels[letter] = level;
            }
        }

        if (depth < MaxDepth)
        {
            foreach (MarkedContentElement child in element.Children)
            {
                Add(child, depth + 1);
            }
        }
    }

    private static int? LevelOf(string? tag) => tag switch
    {
        "Title" => 1,
        ['H', >= '1' and <= '6' and var digit] => digit - '0',
        _ => null,
    };
}
