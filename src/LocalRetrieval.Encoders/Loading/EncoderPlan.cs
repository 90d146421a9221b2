using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Encoders;

/// <summary>What a kind of encoder has read of a model's folder: which outputs it can use, best first, and how it is made on a backend that gives one.</summary>
/// <typeparam name="THead">The kind of encoder.</typeparam>
/// <param name="Files">The model's files.</param>
/// <param name="Outputs">The kinds of output, best first.</param>
/// <param name="Create">Makes the encoder.</param>
internal sealed record EncoderPlan<THead>(EncoderFiles Files, IReadOnlyList<OutputKind> Outputs, Func<EncoderRuntime, THead> Create)
{
    /// <summary>What is thrown where a backend gives none of <see cref="Outputs"/>; null for an error that says so.</summary>
    public InvalidDataException? MissingOutput { get; init; }

    /// <summary>The most tokens of a row.</summary>
    public int MaxTokens { get; init; } = Files.MaxTokens;

    /// <summary>Makes the encoder on a backend, which is disposed where that fails.</summary>
    public THead CreateOn(IEncoderBackend backend, EncoderOptions options, Type encoder, ILoggerFactory? loggerFactory)
    {
        EncoderRuntime? runtime = null;
        try
        {
            runtime = new EncoderRuntime(backend, options, Files.ModelId, encoder, loggerFactory);
            return Create(runtime);
        }
        catch
        {
            (runtime ?? (IDisposable)backend).Dispose();
            throw;
        }
    }
}
