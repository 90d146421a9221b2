using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>The vectors of tools' texts, each embedded once.</summary>
/// <remarks>Safe for concurrent use: who comes while texts are embedded waits, and embeds what is then still missing.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to release.")]
internal sealed class ToolVectors(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    /// <summary>Tools that are made anew with other descriptions must not fill the memory.</summary>
    private const int MaxTexts = 10_000;

    private readonly ConcurrentDictionary<string, ReadOnlyMemory<float>> _vectors = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _embedding = new(1, 1);

    /// <summary>The vectors of texts, in their order.</summary>
    public async Task<ReadOnlyMemory<float>[]> OfAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        Dictionary<string, ReadOnlyMemory<float>> found = new(StringComparer.Ordinal);
        if (Missing(texts, found).Count > 0)
        {
            await _embedding.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await EmbedAsync(Missing(texts, found), found, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _embedding.Release();
            }
        }

        return [.. texts.Select(text => found[text])];
    }

    /// <summary>Adds what is known to <paramref name="found"/>; gives the others.</summary>
    private List<string> Missing(IReadOnlyList<string> texts, Dictionary<string, ReadOnlyMemory<float>> found)
    {
        List<string> missing = [];
        foreach (string text in texts.Distinct(StringComparer.Ordinal))
        {
            if (_vectors.TryGetValue(text, out ReadOnlyMemory<float> vector))
            {
                found[text] = vector;
            }
            else if (!found.ContainsKey(text))
            {
                missing.Add(text);
            }
        }

        return missing;
    }

    private async Task EmbedAsync(List<string> texts, Dictionary<string, ReadOnlyMemory<float>> found, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return;
        }

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateDocumentsAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != texts.Count)
        {
            throw new InvalidOperationException($"{generator.GetType().Name} gave {embeddings.Count} embeddings for {texts.Count} tools.");
        }

        if (_vectors.Count + texts.Count > MaxTexts)
        {
            _vectors.Clear();
        }

        for (int index = 0; index < texts.Count; index++)
        {
            found[texts[index]] = _vectors[texts[index]] = embeddings[index].Vector;
        }
    }
}
