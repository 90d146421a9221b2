using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Finds the main content of a page: what the page says it is, or else where running text is densest.</summary>
internal static class MainContent
{
    /// <summary>The share of the page's text, without noise, that is enough where the page names its main content itself.</summary>
    private const double EnoughWhenNamed = 0.2;

    /// <summary>The share that is enough where it is found by density.</summary>
    private const double EnoughWhenFound = 0.7;

    /// <summary>What to read, in the page's order; the body where all else would lose much of the page.</summary>
    public static IReadOnlyList<IElement> Choose(IElement body, TextSizes sizes, CancellationToken cancellationToken)
    {
        long pageText = sizes.Text(body);
        if (Named(body, sizes, cancellationToken) is { Count: > 0 } named && named.Sum(sizes.Text) >= EnoughWhenNamed * pageText)
        {
            return named;
        }

        IReadOnlyList<IElement> dense = DenseContent.Find(body, sizes, cancellationToken);
        return dense.Sum(sizes.Text) >= EnoughWhenFound * pageText ? dense : [body];
    }

    private static List<IElement> Named(IElement body, TextSizes sizes, CancellationToken cancellationToken)
    {
        List<IElement> mains = [];
        AddOutermost(body, IsMain, sizes, mains, cancellationToken);
        if (mains.Count > 0)
        {
            return mains;
        }

        // Several articles are a list of posts or comments; the largest is the page's own where it outweighs the others together.
        List<IElement> articles = [];
        AddOutermost(body, IsArticle, sizes, articles, cancellationToken);
        IElement? largest = articles.MaxBy(sizes.Text);
        return largest is not null && 2 * sizes.Text(largest) > articles.Sum(sizes.Text) ? [largest] : [];
    }

    private static bool IsMain(IElement element) => element.LocalName == "main" || HtmlNames.HasRole(element, "main");

    private static bool IsArticle(IElement element) =>
        element.LocalName == "article" || HtmlNames.HasRole(element, "article") || element.GetAttribute("itemprop") == "articleBody";

    private static void AddOutermost(
        IElement parent, Func<IElement, bool> isWanted, TextSizes sizes, List<IElement> found, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (INode child in parent.ChildNodes)
        {
            if (child is not IElement element || sizes.Text(element) == 0)
            {
                continue;
            }

            if (isWanted(element))
            {
                found.Add(element);
            }
            else
            {
                AddOutermost(element, isWanted, sizes, found, cancellationToken);
            }
        }
    }
}
