namespace LocalRetrieval;

/// <summary>A value that was reranked by a text of it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly record struct RerankedItem<T>
{
    /// <summary>A value with what the reranker said of its text.</summary>
    /// <param name="item">The value.</param>
    /// <param name="document">Its place in the list that was reranked, and its score.</param>
    public RerankedItem(T item, RerankedDocument document)
    {
        Item = item;
        Document = document;
    }

    /// <summary>The value.</summary>
    public T Item { get; init; }

    /// <summary>The value's place in the list that was reranked, and its score.</summary>
    public RerankedDocument Document { get; init; }
}
