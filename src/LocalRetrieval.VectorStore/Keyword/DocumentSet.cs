using System.Numerics;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>A set of documents of a segment that grows by making another one, which shares the pages that stay the same.</summary>
/// <remarks>Immutable: safe for concurrent use.</remarks>
internal sealed class DocumentSet
{
    private const int PageWords = 64;
    private const int PageBits = PageWords * 64;

    private readonly ulong[]?[] _pages;

    private DocumentSet(ulong[]?[] pages, int count)
    {
        _pages = pages;
        Count = count;
    }

    public static DocumentSet Empty { get; } = new([], 0);

    public int Count { get; }

    public bool Contains(int document) =>
        document / PageBits is var page && page < _pages.Length && _pages[page] is { } words && (words[document % PageBits / 64] >> (document % 64) & 1) != 0;

    /// <summary>This set and <paramref name="documents"/>.</summary>
    public DocumentSet With(IReadOnlyCollection<int> documents)
    {
        if (documents.Count == 0)
        {
            return this;
        }

        ulong[]?[] pages = new ulong[]?[Math.Max(_pages.Length, (documents.Max() / PageBits) + 1)];
        _pages.CopyTo(pages, 0);
        int count = Count;
        foreach (int document in documents)
        {
            int page = document / PageBits;
            ulong[]? shared = page < _pages.Length ? _pages[page] : null;
            ulong[] words = pages[page] is { } own && own != shared ? own : pages[page] = shared is null ? new ulong[PageWords] : [.. shared];
            ref ulong word = ref words[document % PageBits / 64];
            ulong before = word;
            word |= 1UL << (document % 64);
            count += BitOperations.PopCount(word ^ before);
        }

        return new DocumentSet(pages, count);
    }
}
