using LocalRetrieval.Parity;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>
/// Checks that a loaded model gives what it should. Where its folder carries expected values (expected.json), it is held against these: settings, tokens
/// and numbers. Otherwise what any model must fulfil is checked: vectors of unit length where the model normalises, the same numbers again, beside other
/// texts and in mixed batches, and prompts that change vectors.
/// </summary>
/// <remarks>
/// <para>The generator or reranker must give <see cref="EncoderInfo"/>. Nothing is thrown for what it gives: a check has failed. What cannot be loaded is refused by Load.</para>
/// <para>
/// expected.json has <c>kind</c> (embedding, static-embedding, sparse, late-interaction, rerank) and <c>cases</c>: text, role, tokens and embedding; text, indices
/// and weights; query, documents, query_vectors, document_vectors, document_token_counts and scores; or query, documents and scores. It may
/// have the settings pooling, normalize, prompts and max_seq_length (max_length, max_tokens).
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public static class ParityCheck
{
    private const string ProbeQuery = "what is traded in the market?";

    /// <summary>Checks a bi-encoder or a static model.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <returns>The checks that were made.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="generator"/> gives no <see cref="EncoderInfo"/>.</exception>
    /// <exception cref="FileNotFoundException">The options name a file that does not exist.</exception>
    /// <exception cref="InvalidDataException">The expected values are of another kind of encoder, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<ParityReport> RunAsync(IEmbeddingGenerator<string, Embedding<float>> generator, ParityCheckOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(generator, ["embedding", "static-embedding"], embedding => embedding.Vector.ToArray(), (run, expected) => EmbeddingParity.CompareAsync(
            run, expected, generator, embedding => embedding.Vector.ToArray(), (golden, _) => ExpectedValues.Floats(golden.GetProperty("embedding")), cancellationToken), options, cancellationToken);

    /// <summary>Checks a sparse encoder; see <see cref="RunAsync(IEmbeddingGenerator{string, Embedding{float}}, ParityCheckOptions?, CancellationToken)"/>.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <returns>The checks that were made.</returns>
    public static Task<ParityReport> RunAsync(IEmbeddingGenerator<string, SparseEmbedding> generator, ParityCheckOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(generator, ["sparse"], embedding => embedding.ToDense(), (run, expected) => EmbeddingParity.CompareAsync(
            run, expected, generator, embedding => embedding.ToDense(),
            (golden, actual) => new SparseEmbedding(
                golden.GetProperty("indices").EnumerateArray().Select(index => index.GetInt32()).ToArray(), ExpectedValues.Floats(golden.GetProperty("weights")), actual.Dimensions).ToDense(),
            cancellationToken), options, cancellationToken);

    /// <summary>Checks a late interaction encoder; see <see cref="RunAsync(IEmbeddingGenerator{string, Embedding{float}}, ParityCheckOptions?, CancellationToken)"/>.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <returns>The checks that were made.</returns>
    public static Task<ParityReport> RunAsync(IEmbeddingGenerator<string, MultiVectorEmbedding> generator, ParityCheckOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(generator, ["late-interaction"], embedding => embedding.Vectors.ToArray(), (run, expected) => LateInteractionParity.CompareAsync(run, expected, generator, cancellationToken), options, cancellationToken);

    /// <summary>Checks a reranker; see <see cref="RunAsync(IEmbeddingGenerator{string, Embedding{float}}, ParityCheckOptions?, CancellationToken)"/>.</summary>
    /// <param name="reranker">The reranker.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    /// <returns>The checks that were made.</returns>
    public static async Task<ParityReport> RunAsync(ITextReranker reranker, ParityCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reranker);
        options = options is null ? new ParityCheckOptions() : new ParityCheckOptions(options);
        ParityRun run = new(Info(reranker.GetService(typeof(EncoderInfo)), nameof(reranker)), options);
        ExpectedValues? expected = ExpectedValues.Find(run.Info, options, "rerank", "late-interaction");
        await run.TryAsync(expected is null ? "probe" : "scores", () => expected is not null
            ? RerankingParity.CompareAsync(run, expected, reranker, cancellationToken)
            : ProbeChecks.RunAsync(run, (texts, _) => ScoreAsync(reranker, texts, cancellationToken), vectorLength: null, roles: [], cancellationToken)).ConfigureAwait(false);
        return run.Report(expected?.Path);
    }

    private static async Task<ParityReport> RunAsync<T>(
        IEmbeddingGenerator<string, T> generator, string[] kinds, Func<T, float[]> read, Func<ParityRun, ExpectedValues, Task> compare, ParityCheckOptions? options, CancellationToken cancellationToken)
        where T : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        options = options is null ? new ParityCheckOptions() : new ParityCheckOptions(options);
        ParityRun run = new(Info(generator.GetService(typeof(EncoderInfo)), nameof(generator)), options);
        ExpectedValues? expected = ExpectedValues.Find(run.Info, options, kinds);
        await run.TryAsync(expected is null ? "probe" : "values", () => expected is not null
            ? compare(run, expected)
            : ProbeChecks.RunAsync(run, (texts, role) => EmbedAsync(generator, read, texts, role, cancellationToken), VectorLength<T>(run.Info), Roles(run.Info), cancellationToken)).ConfigureAwait(false);
        return run.Report(expected?.Path);
    }

    private static async Task<float[][]> EmbedAsync<T>(IEmbeddingGenerator<string, T> generator, Func<T, float[]> read, string[] texts, string? role, CancellationToken cancellationToken)
        where T : Embedding
    {
        EmbeddingGenerationOptions? options = role is null ? null : new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };
        return [.. (await generator.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false)).Select(read)];
    }

    private static async Task<float[][]> ScoreAsync(ITextReranker reranker, string[] texts, CancellationToken cancellationToken)
    {
        RerankingResult result = await reranker.RerankAsync(ProbeQuery, texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. result.OrderBy(document => document.Index).Select(document => new[] { document.Logit ?? document.Score })];
    }

    // Weights of a vocabulary are no vector of unit length.
    private static int? VectorLength<T>(EncoderInfo info) => typeof(T) == typeof(SparseEmbedding) ? null : info.Dimensions;

    // A prompt that is the default one's text changes nothing.
    private static IEnumerable<string> Roles(EncoderInfo info) =>
        info.Prompts.Where(prompt => prompt.Value.Length > 0 && prompt.Value != info.DefaultPrompt && !IsPassedOver(info, prompt.Key)).Select(prompt => prompt.Key);

    // Late interaction embeds documents where no role is given.
    private static bool IsPassedOver(EncoderInfo info, string name) => info.Pooling is null && name != EmbeddingInputTypes.Query;

    private static EncoderInfo Info(object? service, string parameter) => service as EncoderInfo ?? throw new ArgumentException(
        "The encoder gives no EncoderInfo (GetService), so that there is nothing to hold it against. Generators and rerankers of LocalRetrieval give it.", parameter);
}
