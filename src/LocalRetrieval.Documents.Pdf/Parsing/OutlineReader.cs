using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Outline;
using UglyToad.PdfPig.Tokens;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Reads a document's outline.</summary>
internal static class OutlineReader
{
    private const int MaxEntries = 100_000;

    /// <summary>The entries that lead to pages, in the outline's order; none where it is broken or has no end.</summary>
    public static List<OutlineEntry> Read(PdfDocument document, int maxDepth)
    {
        List<OutlineEntry> entries = [];
        if (IsFinite(document, maxDepth) && document.TryGetBookmarks(out Bookmarks? bookmarks, allowContainerNode: true))
        {
            foreach (BookmarkNode root in bookmarks.Roots)
            {
                Add(root, 1, entries);
            }
        }

        return entries;
    }

    private static void Add(BookmarkNode node, int level, List<OutlineEntry> entries)
    {
        entries.Add(new OutlineEntry(node.Title, level, node is DocumentBookmarkNode entry and not ExternalBookmarkNode ? entry.PageNumber : null));
        foreach (BookmarkNode child in node.Children)
        {
            Add(child, level + 1, entries);
        }
    }

    // The parser follows entries by recursion, and never asks whether it has been at one before.
    private static bool IsFinite(PdfDocument document, int maxDepth)
    {
        HashSet<IndirectReference> seen = [];
        Stack<(IToken? Token, int Depth)> open = [];
        document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Outlines, out IToken outlines);
        open.Push((outlines, 0));
        while (open.TryPop(out (IToken? Token, int Depth) next))
        {
            IToken? token = next.Token;
            if (token is IndirectReferenceToken reference)
            {
                if (!seen.Add(reference.Data))
                {
                    return false;
                }

                token = document.Structure.GetObject(reference.Data)?.Data;
            }

            if (token is DictionaryToken dictionary)
            {
                if (next.Depth > maxDepth || seen.Count > MaxEntries)
                {
                    return false;
                }

                Push(dictionary, NameToken.First, next.Depth + 1);
                Push(dictionary, NameToken.Next, next.Depth);
            }
        }

        return true;

        void Push(DictionaryToken dictionary, NameToken name, int depth)
        {
            if (dictionary.TryGet(name, out IToken token))
            {
                open.Push((token, depth));
            }
        }
    }
}
