using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>Loads a model of any kind of encoder on ONNX Runtime.</summary>
internal static class OnnxModel
{
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options.</param>
    /// <param name="kind">The kind of encoder.</param>
    /// <param name="read">Reads what the kind of encoder needs of the folder.</param>
    /// <param name="encoder">The public type.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    public static THead Load<TOptions, THead>(
        string modelPath, TOptions options, ModelKind kind, Func<ModelFolder, TOptions, EncoderPlan<THead>> read, Type encoder, ILoggerFactory? loggerFactory)
        where TOptions : EncoderOptions
    {
        ModelFolder folder = ModelFolder.Open(modelPath);
        return OtherKind.Load(folder, kind, () =>
        {
            EncoderPlan<THead> plan = UnsupportedModuleException.Refuse(() => read(folder, options));
            OnnxBackend backend = OnnxBackend.Load(folder.GraphPath(options.GraphFile), OnnxBackendSettings.Of(plan, options) with { Logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(encoder) });
            return plan.CreateOn(backend, options, encoder, loggerFactory);
        });
    }

    /// <summary>Loads on the thread pool.</summary>
    /// <param name="load">Loads.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    public static Task<T> LoadAsync<T>(Func<T> load, CancellationToken cancellationToken) => Task.Run(load, cancellationToken);
}
