using LocalRetrieval.Rag;
using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Lets the framework's own text search find passages.</summary>
public static class PassageRetrieverTextSearchExtensions
{
    /// <summary>The search that a <see cref="TextSearchProvider"/> takes: <c>new TextSearchProvider(retriever.AsTextSearch())</c>.</summary>
    /// <remarks>
    /// <para>A result's name is its source with page and headings; its link is the source, and its <see cref="TextSearchProvider.TextSearchResult.RawRepresentation"/> the
    /// <see cref="RetrievedPassage"/>. What looks like a citation or a token of a chat template in names and texts is made harmless, since the provider puts nothing around them.</para>
    /// <para>That provider joins the messages to one query, logs what fails and goes on without context. <see cref="RetrievalContextProvider"/> throws, and cites.</para>
    /// <para>Safe for concurrent use.</para>
    /// </remarks>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="options">How to retrieve; null means the retriever's defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    public static Func<string, CancellationToken, Task<IEnumerable<TextSearchProvider.TextSearchResult>>> AsTextSearch(
        this IPassageRetriever retriever, RetrievalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        RetrievalOptions? copy = options?.Clone();
        return SearchAsync;

        async Task<IEnumerable<TextSearchProvider.TextSearchResult>> SearchAsync(string query, CancellationToken cancellationToken)
        {
            // The provider also searches for messages without text.
            if (string.IsNullOrWhiteSpace(query))
            {
                return [];
            }

            RetrievalResult result = await retriever.RetrieveOrThrowAsync(query, copy?.Clone(), cancellationToken).ConfigureAwait(false);
            return [.. result.Passages.Select(ToResult)];
        }
    }

    private static TextSearchProvider.TextSearchResult ToResult(RetrievedPassage passage) => new()
    {
        SourceName = QuotedText.LineOf(PassageTitle.Of(passage)),
        SourceLink = passage.Source is null ? null : QuotedText.LineOf(passage.Source),
        Text = QuotedText.Of(passage.Text),
        RawRepresentation = passage,
    };
}
