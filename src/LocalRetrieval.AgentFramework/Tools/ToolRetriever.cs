using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Chooses out of many tools the few that fit what is asked: a model that is handed all of them pays for their definitions in each call, and calls the wrong ones.</summary>
/// <remarks>
/// <para>A function is found by its name, description and parameters in words. They are embedded once; a query is embedded, the functions nearest to it are reranked where there is a reranker, and the
/// weighted sum of standard scores decides.</para>
/// <para>It takes the tools that an agent or a request has, and leaves most of them out: by <see cref="ToolRetrievalProvider"/> for agents, by
/// <see cref="ToolRetrievalChatClientBuilderExtensions.UseToolRetrieval"/> for chat clients. Tools that are no functions, such as hosted ones, are always handed on.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class ToolRetriever
{
    /// <summary>A question is that long at most with the earlier ones that it needs.</summary>
    private const int MaxQueryLength = 2000;

    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly ITextReranker? _reranker;
    private readonly ToolRetrieverOptions _options;
    private readonly ToolVectors _vectors;

    /// <summary>A retriever that compares by <paramref name="generator"/>, and by <paramref name="reranker"/> where one is given.</summary>
    /// <param name="generator">Embeds queries and tools; it stays the caller's.</param>
    /// <param name="reranker">Reads the best of the tools again; null for none. It stays the caller's.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public ToolRetriever(IEmbeddingGenerator<string, Embedding<float>> generator, ITextReranker? reranker = null, ToolRetrieverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        _generator = generator;
        _reranker = reranker;
        _options = options is null ? new ToolRetrieverOptions() : new ToolRetrieverOptions(options);
        _vectors = new ToolVectors(generator);
    }

    /// <summary>The functions among <paramref name="tools"/> that fit a query, best first.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="tools">The tools; of those that are no functions none is found.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>At most <see cref="ToolRetrieverOptions.Top"/> functions.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null, empty or white space; a tool is null; two tools have one name.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="tools"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The generator or the reranker gave another number of results than asked for.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IReadOnlyList<RetrievedTool>> RetrieveAsync(string query, IEnumerable<AITool> tools, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        ArgumentNullException.ThrowIfNull(tools);
        AIFunctionDeclaration[] functions = [.. ToolNames.Checked(tools, nameof(tools)).OfType<AIFunctionDeclaration>()];
        return functions.Length == 0 ? [] : await RankAsync(query, functions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tools to hand to a model for the last question of a conversation.</summary>
    /// <remarks>
    /// They are those of <see cref="ToolRetrieverOptions.Always"/>, those that are no functions, those that were called since the question, and the best others for the question; one that does not
    /// stand alone ("and tomorrow?") is joined to the ones before it. They keep their order, so that equal choices give equal requests. Without a question all are handed on.
    /// </remarks>
    /// <param name="messages">The conversation.</param>
    /// <param name="tools">All tools.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> or <paramref name="tools"/> is null.</exception>
    /// <exception cref="ArgumentException">A tool is null; two tools have one name; one of <see cref="ToolRetrieverOptions.Always"/> is not among them.</exception>
    /// <exception cref="InvalidOperationException">The generator or the reranker gave another number of results than asked for.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IReadOnlyList<AITool>> SelectAsync(IEnumerable<ChatMessage> messages, IEnumerable<AITool> tools, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(tools);
        AITool[] all = ToolNames.Checked(tools, nameof(tools));
        ToolNames.ThrowIfMissing(_options.Always, all);
        ToolRequest request = ToolRequest.Read(messages, MaxQueryLength);
        HashSet<string> kept = [.. _options.Always, .. request.Called];
        AIFunctionDeclaration[] others = [.. all.OfType<AIFunctionDeclaration>().Where(tool => !kept.Contains(tool.Name))];
        if (request.Query is null || others.Length <= _options.Top)
        {
            return all;
        }

        foreach (RetrievedTool best in await RankAsync(request.Query, others, cancellationToken).ConfigureAwait(false))
        {
            kept.Add(best.Tool.Name);
        }

        return [.. all.Where(tool => tool is not AIFunctionDeclaration || kept.Contains(tool.Name))];
    }

    private async Task<IReadOnlyList<RetrievedTool>> RankAsync(string query, AIFunctionDeclaration[] functions, CancellationToken cancellationToken)
    {
        string[] texts = Array.ConvertAll(functions, TextOf);
        ReadOnlyMemory<float>[] vectors = await _vectors.OfAsync(texts, cancellationToken).ConfigureAwait(false);
        Embedding<float> asked = await _generator.GenerateQueryAsync(query, cancellationToken: cancellationToken).ConfigureAwait(false);
        ToolCandidate[] candidates = [.. functions.Select((tool, index) => new ToolCandidate(tool, texts[index], DenseVector.Cosine(asked.Vector, vectors[index]))).OrderByDescending(candidate => candidate.Similarity)];
        if (_reranker is not null)
        {
            await ToolReranking.ReorderAsync(candidates, query, _reranker, _options, cancellationToken).ConfigureAwait(false);
        }

        return [.. candidates.Take(_options.Top).Select((candidate, index) => candidate.ToResult(index + 1))];
    }

    private string TextOf(AIFunctionDeclaration tool)
    {
        string? text = _options.Text is { } given ? given(tool) : ToolText.Of(tool);
        return string.IsNullOrWhiteSpace(text)
            ? throw new InvalidOperationException($"The tool '{tool.Name}' has no text to be found by. Give it a description, or set {nameof(ToolRetrieverOptions)}.{nameof(ToolRetrieverOptions.Text)}.")
            : text;
    }
}
