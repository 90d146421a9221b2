using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Encoders;

internal sealed partial class DenseHead
{
    /// <summary>Reads a bi-encoder from its folder.</summary>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported.</exception>
    public static EncoderPlan<DenseHead> Read(ModelFolder folder, DenseEncoderOptions options)
    {
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "feature-extraction");
        files.Sentence.RefuseLengthsByRole();
        ModelPrompts prompts = ModelPrompts.Read(folder);
        InvalidDataException? refusal = null;
        SentenceModules? modules = null;
        try
        {
            modules = SentenceModules.Read(folder, options.Pooling);
        }
        catch (UnsupportedModuleException exception)
        {
            // No obstacle where the graph pools by itself.
            refusal = exception.Refusal;
        }

        return new EncoderPlan<DenseHead>(
            files,
            modules is null ? [OutputKind.SentenceEmbedding] : [OutputKind.HiddenStates, OutputKind.SentenceEmbedding],
            runtime => Create(runtime, files, prompts, Resolve(runtime, folder, modules, refusal, options), options)) { MissingOutput = refusal };
    }

    private static SentenceModules Resolve(EncoderRuntime runtime, ModelFolder folder, SentenceModules? modules, InvalidDataException? refusal, DenseEncoderOptions options)
    {
        if (runtime.Backend.OutputKind != OutputKind.SentenceEmbedding)
        {
            return modules!.With(options);
        }

        if (refusal is not null && folder.Modules is not null)
        {
            LogGraphPools(runtime.Logger, runtime.ModelId, refusal.Message);
        }

        return SentenceModules.OfGraph(folder.Modules is null ? null : modules, options, runtime.Backend.Location);
    }

    private static DenseHead Create(EncoderRuntime runtime, EncoderFiles files, ModelPrompts prompts, SentenceModules modules, DenseEncoderOptions options)
    {
        string pooling = modules.Pooling?.Name ?? "graph";
        DenseModel model = new(
            files.Source,
            new EncoderTokenizer(files, pairs: false, prompts.Longest),
            prompts,
            new SentencePipeline(modules, runtime.Backend.OutputWidth, files.Folder.Path),
            pooling)
        {
            PoolingSettings = [pooling, $"{modules.Pooling?.IncludesPrompt}", $"{runtime.Backend.OutputWidth}", .. ModuleFiles.Kinds(files.Folder)],
            PoolingFiles = modules.Pooling is null ? [] : [.. ModuleFiles.Paths(files.Folder)],
        };
        return new DenseHead(runtime, model, options);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{ModelId}: the graph's own sentence_embedding is used as it is, since {Reason}")]
    private static partial void LogGraphPools(ILogger logger, string modelId, string reason);
}
