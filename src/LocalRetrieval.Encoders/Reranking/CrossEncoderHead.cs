namespace LocalRetrieval.Encoders;

/// <summary>Scores pairs of a query and a document that the model reads together.</summary>
internal sealed class CrossEncoderHead : RerankingHead
{
    private const string ProbeQuery = "which of these texts is it?";

    private readonly EncoderTokenizer _tokenizer;
    private readonly LabelScoring _scoring;
    private readonly string _prompt;
    private readonly TruncationLog _truncationLog;
    private readonly EncoderInfo _info;

    private CrossEncoderHead(EncoderRuntime runtime, EncoderFiles files, LabelScoring scoring, string prompt)
        : base(runtime, files.MaxTokens)
    {
        _tokenizer = new EncoderTokenizer(files, pairs: true, longestPrompt: prompt);
        _scoring = scoring;
        _prompt = prompt;
        _truncationLog = new TruncationLog(runtime.Logger, runtime.ModelId, files.MaxTokens);
        FingerprintSource fingerprint = files.Source.Fingerprint(runtime)
            .Add(FingerprintComponents.Prompts, null, [prompt])
            .Add(FingerprintComponents.Pooling, $"{scoring}");
        _info = new EncoderDescription(files.Source, fingerprint)
        {
            TokenCounter = _tokenizer,
            RunTogether = ScoreTogetherAsync,
            RowTokens = text => Tokenize(_tokenizer.Encode(prompt + ProbeQuery), [text], CancellationToken.None)[0].Ids.Length,
            DefaultPrompt = prompt,
            MaxTokens = files.MaxTokens,
        }.ToInfo(runtime);
    }

    /// <summary>Reads a cross-encoder from its folder.</summary>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported.</exception>
    public static EncoderPlan<CrossEncoderHead> Read(ModelFolder folder, CrossEncoderOptions options)
    {
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "sequence-classification");
        RefuseOtherModels(folder, files);
        string prompt = ModelPrompts.Read(folder).Default;
        return new EncoderPlan<CrossEncoderHead>(files, [OutputKind.Logits], runtime =>
            new CrossEncoderHead(runtime, files, LabelScoring.Read(folder, files.Config, runtime.Backend.OutputWidth, options.ScoreLabel), prompt));
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        base.GetService(serviceType, serviceKey) ?? EncoderServices.Find(serviceType, serviceKey, _info, _tokenizer);

    protected override async Task<RerankingCosts> ScoreAsync(string query, string[] documents, RerankedDocument[] scored, BudgetClock clock, RunRequest run, CancellationToken cancellationToken)
    {
        int[] first = _tokenizer.Encode(_prompt + query);
        TokenizedText[] pairs = new TokenizedText[documents.Length];
        // Under a time budget what was ranked first is scored first.
        using CancellationTokenSource? over = clock.Alarm();
        RunRequest request = over is null ? run : run with { IsInOrder = true, Budget = Runtime.MicroBatchBudget, Over = over.Token };
        List<int[]> portions = Runtime.Portions(documents, Portions(request.IsInOrder));
        await Pipeline.RunAsync(portions, (portion, token) =>
            ScoreAsync(first, documents, portion, request with { IsPortion = portions.Count > 1, MayEndUnbegun = portion[0] > 0, Came = Runtime.Timestamp }, pairs, scored, token), cancellationToken).ConfigureAwait(false);
        TokenizedText[] read = [.. pairs.Where((_, i) => scored[i].Logit is not null)];
        return new RerankingCosts(TokenUsage.Of(read), _truncationLog.Report(read));
    }

    private async Task ScoreAsync(int[] query, string[] documents, int[] portion, RunRequest request, TokenizedText[] pairs, RerankedDocument[] scored, CancellationToken cancellationToken)
    {
        string[] some = Array.ConvertAll(portion, index => documents[index]);
        using QueuePlace? place = await EnterQueueAsync(some, request, cancellationToken).ConfigureAwait(false);
        if (place is null)
        {
            return;
        }

        TokenizedText[] rows = Tokenize(query, some, cancellationToken);
        Runtime.RefuseUnrunnable(TextWindows.Whole(rows), row => portion[row], nameof(documents));
        for (int row = 0; row < rows.Length; row++)
        {
            pairs[portion[row]] = rows[row];
        }

        await Runtime.RunAsync(rows, request, (Head: this, Portion: portion, Scored: scored), static (state, row, logits) =>
            state.Head.ReadLogits(state.Scored, state.Portion[row], logits), cancellationToken).ConfigureAwait(false);
    }

    // Null where the time is over before there is room.
    private async ValueTask<QueuePlace?> EnterQueueAsync(string[] documents, RunRequest request, CancellationToken cancellationToken)
    {
        if (!request.MayEndUnbegun || !request.Over.CanBeCanceled)
        {
            return await Runtime.EnterQueueAsync(documents, request, cancellationToken).ConfigureAwait(false);
        }

        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.Over);
        try
        {
            return ends.IsCancellationRequested ? null : await Runtime.EnterQueueAsync(documents, request, ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<float[][]> ScoreTogetherAsync(string[] texts, CancellationToken cancellationToken)
    {
        TokenizedText[] pairs = Tokenize(_tokenizer.Encode(_prompt + ProbeQuery), texts, cancellationToken);
        RerankedDocument[] scored = new RerankedDocument[texts.Length];
        await Runtime.RunAsync(pairs, new RunRequest { IsOneRun = true }, scored, ReadLogits, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(scored, document => new[] { document.Score, document.Logit!.Value });
    }

    private TokenizedText[] Tokenize(int[] query, string[] documents, CancellationToken cancellationToken) =>
        Runtime.Tokenize(documents, document => _tokenizer.TokenizePair(query, document), cancellationToken);

    private void ReadLogits(RerankedDocument[] scored, int index, ReadOnlySpan<float> logits)
    {
        Runtime.RefuseNonFinite(logits, "document", index);
        (float score, float logit) = _scoring.Score(logits);
        scored[index] = new RerankedDocument(index, score) { Logit = logit };
    }

    // A causal language model that says "yes" or "no" is a reranker only with its chat template.
    private static void RefuseOtherModels(ModelFolder folder, EncoderFiles files)
    {
        if (folder.Modules?.Skip(1).FirstOrDefault() is { } second)
        {
            throw second.Unsupported("Transformer alone, of sentence_transformers");
        }

        if (folder.Modules is [{ Kind: not ModuleEntry.Transformer } first])
        {
            throw first.Unsupported("Transformer, of sentence_transformers");
        }

        if (files.Config.StringList("architectures") is [string architecture, ..] && architecture.EndsWith("ForCausalLM", StringComparison.Ordinal))
        {
            throw files.Config.Unsupported("architectures", $"'{architecture}': a causal language model, which ranks by the logits of \"yes\" and \"no\"", "a model ForSequenceClassification");
        }

        files.RefuseAppendedToken();
    }
}
