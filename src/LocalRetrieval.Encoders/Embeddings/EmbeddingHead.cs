using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>What all generators share on a runtime: the way of a request from its texts to embeddings in their order.</summary>
/// <typeparam name="TEmbedding">What a text becomes.</typeparam>
/// <remarks>Immutable and safe for concurrent use. Work is done on the thread pool.</remarks>
internal abstract class EmbeddingHead<TEmbedding> : IEmbeddingGenerator<string, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly ITokenCounter _tokenCounter;

    protected EmbeddingHead(EncoderRuntime runtime, ITokenCounter tokenCounter, int dimensions)
    {
        Runtime = runtime;
        _tokenCounter = tokenCounter;
        _metadata = new EmbeddingGeneratorMetadata(runtime.Backend.ProviderName, providerUri: null, runtime.ModelId, dimensions);
    }

    /// <summary>What runs.</summary>
    public EncoderRuntime Runtime { get; }

    /// <summary>What there is to know of this encoder.</summary>
    protected abstract EncoderInfo Info { get; }

    public Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        Runtime.ThrowIfDisposed();
        string[] texts = [.. values];
        Runtime.Check(texts, nameof(values));
        EmbeddingRequest request = Read(options);
        RunRequest run = Runtime.Reserve(texts, request.Portions, RunOf(options, texts.Length));
        return Runtime.CallAsync(() => EmbedAsync(texts, request with { Run = run }, cancellationToken), run.Reserved, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => EncoderServices.Find(serviceType, serviceKey, this, _metadata, Info, _tokenCounter);

    public void Dispose() => Runtime.Dispose();

    /// <summary>Embeds texts that were checked, portion by portion: one is tokenized while another is run.</summary>
    public async Task<GeneratedEmbeddings<TEmbedding>> EmbedAsync(string[] texts, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        List<int[]> portions = Portions(texts, request, cancellationToken);
        EmbeddingRequest each = request with { Run = request.Run with { IsPortion = portions.Count > 1 } };
        TokenizedText[][] read = new TokenizedText[texts.Length][];
        TEmbedding[] embeddings = new TEmbedding[texts.Length];
        await Pipeline.RunAsync(portions, (portion, token) => EmbedAsync(texts, portion, each, read, embeddings, token), cancellationToken).ConfigureAwait(false);
        return EmbeddingResults.Create(embeddings, TextWindows.Of(read), Runtime.ModelId, Truncation(request));
    }

    /// <summary>What the options of a request come to.</summary>
    /// <exception cref="ArgumentException">They ask for what the model cannot give.</exception>
    protected abstract EmbeddingRequest Read(EmbeddingGenerationOptions? options);

    /// <summary>What the model reads of texts.</summary>
    protected abstract TextWindows Tokenize(string[] texts, EmbeddingRequest request, CancellationToken cancellationToken);

    /// <summary>Makes an embedding of what was given for one row.</summary>
    /// <param name="row">The row's tokens.</param>
    /// <param name="output">The values of its own tokens, or of the row.</param>
    /// <param name="request">The request.</param>
    /// <param name="index">The text's index, for errors.</param>
    protected abstract TEmbedding Embed(TokenizedText row, ReadOnlySpan<float> output, EmbeddingRequest request, int index);

    /// <summary>The embedding of a text that is read in several windows.</summary>
    protected virtual TEmbedding Pool(ReadOnlySpan<TokenizedText> windows, ReadOnlySpan<TEmbedding> embeddings, EmbeddingRequest request) =>
        throw new InvalidOperationException($"{GetType().Name} does not read texts in windows.");

    /// <summary>Where cut texts are counted and logged.</summary>
    protected abstract TruncationLog Truncation(EmbeddingRequest request);

    /// <summary>An embedding's numbers.</summary>
    protected abstract float[] Numbers(TEmbedding embedding);

    /// <summary>The tokens of the row that a text is run as, without options.</summary>
    protected int RowTokens(string text) => Tokenize([text], Read(options: null), CancellationToken.None).All.Max(row => row.Ids.Length);

    // Past the planner: what is measured is what a batch does.
    protected async Task<float[][]> RunTogetherAsync(string[] texts, CancellationToken cancellationToken)
    {
        EmbeddingRequest request = Read(options: null);
        TextWindows windows = Tokenize(texts, request, cancellationToken);
        TEmbedding[] rows = await RunAsync(windows, request with { Run = new RunRequest { IsOneRun = true } }, index => index, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(rows, Numbers);
    }

    // A role says who waits; without one, a single text is rather a question than work.
    private static RunRequest RunOf(EmbeddingGenerationOptions? options, int texts) =>
        RunRequests.Of(options?.AdditionalProperties, ModelPrompts.InputType(options) is { } role ? role == EmbeddingInputTypes.Query : texts == 1);

    // Read twice where all are read first: the tokens of a call of any size would not be within what may wait.
    private List<int[]> Portions(string[] texts, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        List<int[]> portions = Runtime.Portions(texts, request.Portions);
        if (!request.ReadsAllFirst)
        {
            return portions;
        }

        if (portions.Count <= 1)
        {
            return [BatchPlanner.InputOrder(texts.Length)];
        }

        _ = Tokenize(texts, request, cancellationToken);
        return portions;
    }

    private async Task EmbedAsync(string[] texts, int[] portion, EmbeddingRequest request, TokenizedText[][] read, TEmbedding[] embeddings, CancellationToken cancellationToken)
    {
        string[] some = Array.ConvertAll(portion, index => texts[index]);
        long came = Runtime.Timestamp;
        using QueuePlace place = await Runtime.EnterQueueAsync(some, request.Run, cancellationToken).ConfigureAwait(false);
        TextWindows windows = Tokenize(some, request, cancellationToken);
        Runtime.RefuseUnrunnable(windows, IndexOf, request.Parameter);
        TEmbedding[] rows = await RunAsync(windows, request with { Run = request.Run with { Came = came } }, IndexOf, cancellationToken).ConfigureAwait(false);
        TEmbedding[] joined = Join(windows, rows, request);
        for (int i = 0; i < portion.Length; i++)
        {
            read[portion[i]] = windows.Of(i).ToArray();
            embeddings[portion[i]] = joined[i];
        }

        int IndexOf(int text) => request.FirstIndex + portion[text];
    }

    // The embedding of each window, in batches that windows of any texts share.
    private async Task<TEmbedding[]> RunAsync(TextWindows windows, EmbeddingRequest request, Func<int, int> indexOf, CancellationToken cancellationToken)
    {
        TEmbedding[] embeddings = new TEmbedding[windows.All.Length];
        await Runtime.RunAsync(windows.All, request.Run, (Head: this, Windows: windows, Request: request, IndexOf: indexOf, Embeddings: embeddings), static (state, row, output) =>
            state.Embeddings[row] = state.Head.Embed(state.Windows.All[row], output, state.Request, state.IndexOf(state.Windows.TextOf(row))), cancellationToken).ConfigureAwait(false);
        return embeddings;
    }

    private TEmbedding[] Join(TextWindows windows, TEmbedding[] rows, EmbeddingRequest request)
    {
        if (windows.AreWhole)
        {
            return rows;
        }

        TEmbedding[] embeddings = new TEmbedding[windows.Count];
        for (int i = 0; i < embeddings.Length; i++)
        {
            int first = windows.FirstOf(i);
            int count = windows.CountOf(i);
            embeddings[i] = count == 1 ? rows[first] : Pool(windows.Of(i), rows.AsSpan(first, count), request);
        }

        return embeddings;
    }
}
